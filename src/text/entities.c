/* The named character references of HTML (entities.h). Written by tools/generate-entities. */
#include "text/entities.h"

/* clang-format off */
const char fl_entities[] =
    "AElig=\303\206AElig;=\303\206AMP=&AMP;=&Aacute=\303\201Aacute;=\303\201Abreve;=\304\202Acirc=\303\202Acirc;=\303\202"
    "Acy;=\320\220Afr;=\360\235\224\204Agrave=\303\200Agrave;=\303\200Alpha;=\316\221Amacr;=\304\200And;=\342\251\223"
    "Aogon;=\304\204Aopf;=\360\235\224\270ApplyFunction;=\342\201\241Aring=\303\205Aring;=\303\205Ascr;=\360\235\222\234"
    "Assign;=\342\211\224Atilde=\303\203Atilde;=\303\203Auml=\303\204Auml;=\303\204Backslash;=\342\210\226Barv;=\342\253\247"
    "Barwed;=\342\214\206Bcy;=\320\221Because;=\342\210\265Bernoullis;=\342\204\254Beta;=\316\222Bfr;=\360\235\224\205"
    "Bopf;=\360\235\224\271Breve;=\313\230Bscr;=\342\204\254Bumpeq;=\342\211\216CHcy;=\320\247COPY=\302\251COPY;=\302\251"
    "Cacute;=\304\206Cap;=\342\213\222CapitalDifferentialD;=\342\205\205Cayleys;=\342\204\255Ccaron;=\304\214Ccedil=\303\207"
    "Ccedil;=\303\207Ccirc;=\304\210Cconint;=\342\210\260Cdot;=\304\212Cedilla;=\302\270CenterDot;=\302\267Cfr;=\342\204\255"
    "Chi;=\316\247CircleDot;=\342\212\231CircleMinus;=\342\212\226CirclePlus;=\342\212\225CircleTimes;=\342\212\227"
    "ClockwiseContourIntegral;=\342\210\262CloseCurlyDoubleQuote;=\342\200\235CloseCurlyQuote;=\342\200\231"
    "Colon;=\342\210\267Colone;=\342\251\264Congruent;=\342\211\241Conint;=\342\210\257ContourIntegral;=\342\210\256"
    "Copf;=\342\204\202Coproduct;=\342\210\220CounterClockwiseContourIntegral;=\342\210\263Cross;=\342\250\257"
    "Cscr;=\360\235\222\236Cup;=\342\213\223CupCap;=\342\211\215DD;=\342\205\205DDotrahd;=\342\244\221DJcy;=\320\202"
    "DScy;=\320\205DZcy;=\320\217Dagger;=\342\200\241Darr;=\342\206\241Dashv;=\342\253\244Dcaron;=\304\216Dcy;=\320\224"
    "Del;=\342\210\207Delta;=\316\224Dfr;=\360\235\224\207DiacriticalAcute;=\302\264DiacriticalDot;=\313\231"
    "DiacriticalDoubleAcute;=\313\235DiacriticalGrave;=`DiacriticalTilde;=\313\234Diamond;=\342\213\204"
    "DifferentialD;=\342\205\206Dopf;=\360\235\224\273Dot;=\302\250DotDot;=\342\203\234DotEqual;=\342\211\220"
    "DoubleContourIntegral;=\342\210\257DoubleDot;=\302\250DoubleDownArrow;=\342\207\223DoubleLeftArrow;=\342\207\220"
    "DoubleLeftRightArrow;=\342\207\224DoubleLeftTee;=\342\253\244DoubleLongLeftArrow;=\342\237\270"
    "DoubleLongLeftRightArrow;=\342\237\272DoubleLongRightArrow;=\342\237\271DoubleRightArrow;=\342\207\222"
    "DoubleRightTee;=\342\212\250DoubleUpArrow;=\342\207\221DoubleUpDownArrow;=\342\207\225DoubleVerticalBar;=\342\210\245"
    "DownArrow;=\342\206\223DownArrowBar;=\342\244\223DownArrowUpArrow;=\342\207\265DownBreve;=\314\221"
    "DownLeftRightVector;=\342\245\220DownLeftTeeVector;=\342\245\236DownLeftVector;=\342\206\275"
    "DownLeftVectorBar;=\342\245\226DownRightTeeVector;=\342\245\237DownRightVector;=\342\207\201"
    "DownRightVectorBar;=\342\245\227DownTee;=\342\212\244DownTeeArrow;=\342\206\247Downarrow;=\342\207\223"
    "Dscr;=\360\235\222\237Dstrok;=\304\220ENG;=\305\212ETH=\303\220ETH;=\303\220Eacute=\303\211Eacute;=\303\211"
    "Ecaron;=\304\232Ecirc=\303\212Ecirc;=\303\212Ecy;=\320\255Edot;=\304\226Efr;=\360\235\224\210Egrave=\303\210"
    "Egrave;=\303\210Element;=\342\210\210Emacr;=\304\222EmptySmallSquare;=\342\227\273EmptyVerySmallSquare;=\342\226\253"
    "Eogon;=\304\230Eopf;=\360\235\224\274Epsilon;=\316\225Equal;=\342\251\265EqualTilde;=\342\211\202"
    "Equilibrium;=\342\207\214Escr;=\342\204\260Esim;=\342\251\263Eta;=\316\227Euml=\303\213Euml;=\303\213"
    "Exists;=\342\210\203ExponentialE;=\342\205\207Fcy;=\320\244Ffr;=\360\235\224\211FilledSmallSquare;=\342\227\274"
    "FilledVerySmallSquare;=\342\226\252Fopf;=\360\235\224\275ForAll;=\342\210\200Fouriertrf;=\342\204\261Fscr;=\342\204\261"
    "GJcy;=\320\203GT=>GT;=>Gamma;=\316\223Gammad;=\317\234Gbreve;=\304\236Gcedil;=\304\242Gcirc;=\304\234Gcy;=\320\223"
    "Gdot;=\304\240Gfr;=\360\235\224\212Gg;=\342\213\231Gopf;=\360\235\224\276GreaterEqual;=\342\211\245"
    "GreaterEqualLess;=\342\213\233GreaterFullEqual;=\342\211\247GreaterGreater;=\342\252\242GreaterLess;=\342\211\267"
    "GreaterSlantEqual;=\342\251\276GreaterTilde;=\342\211\263Gscr;=\360\235\222\242Gt;=\342\211\253HARDcy;=\320\252"
    "Hacek;=\313\207Hat;=^Hcirc;=\304\244Hfr;=\342\204\214HilbertSpace;=\342\204\213Hopf;=\342\204\215"
    "HorizontalLine;=\342\224\200Hscr;=\342\204\213Hstrok;=\304\246HumpDownHump;=\342\211\216HumpEqual;=\342\211\217"
    "IEcy;=\320\225IJlig;=\304\262IOcy;=\320\201Iacute=\303\215Iacute;=\303\215Icirc=\303\216Icirc;=\303\216Icy;=\320\230"
    "Idot;=\304\260Ifr;=\342\204\221Igrave=\303\214Igrave;=\303\214Im;=\342\204\221Imacr;=\304\252ImaginaryI;=\342\205\210"
    "Implies;=\342\207\222Int;=\342\210\254Integral;=\342\210\253Intersection;=\342\213\202InvisibleComma;=\342\201\243"
    "InvisibleTimes;=\342\201\242Iogon;=\304\256Iopf;=\360\235\225\200Iota;=\316\231Iscr;=\342\204\220Itilde;=\304\250"
    "Iukcy;=\320\206Iuml=\303\217Iuml;=\303\217Jcirc;=\304\264Jcy;=\320\231Jfr;=\360\235\224\215Jopf;=\360\235\225\201"
    "Jscr;=\360\235\222\245Jsercy;=\320\210Jukcy;=\320\204KHcy;=\320\245KJcy;=\320\214Kappa;=\316\232Kcedil;=\304\266"
    "Kcy;=\320\232Kfr;=\360\235\224\216Kopf;=\360\235\225\202Kscr;=\360\235\222\246LJcy;=\320\211LT=<LT;=<Lacute;=\304\271"
    "Lambda;=\316\233Lang;=\342\237\252Laplacetrf;=\342\204\222Larr;=\342\206\236Lcaron;=\304\275Lcedil;=\304\273"
    "Lcy;=\320\233LeftAngleBracket;=\342\237\250LeftArrow;=\342\206\220LeftArrowBar;=\342\207\244"
    "LeftArrowRightArrow;=\342\207\206LeftCeiling;=\342\214\210LeftDoubleBracket;=\342\237\246LeftDownTeeVector;=\342\245\241"
    "LeftDownVector;=\342\207\203LeftDownVectorBar;=\342\245\231LeftFloor;=\342\214\212LeftRightArrow;=\342\206\224"
    "LeftRightVector;=\342\245\216LeftTee;=\342\212\243LeftTeeArrow;=\342\206\244LeftTeeVector;=\342\245\232"
    "LeftTriangle;=\342\212\262LeftTriangleBar;=\342\247\217LeftTriangleEqual;=\342\212\264LeftUpDownVector;=\342\245\221"
    "LeftUpTeeVector;=\342\245\240LeftUpVector;=\342\206\277LeftUpVectorBar;=\342\245\230LeftVector;=\342\206\274"
    "LeftVectorBar;=\342\245\222Leftarrow;=\342\207\220Leftrightarrow;=\342\207\224LessEqualGreater;=\342\213\232"
    "LessFullEqual;=\342\211\246LessGreater;=\342\211\266LessLess;=\342\252\241LessSlantEqual;=\342\251\275"
    "LessTilde;=\342\211\262Lfr;=\360\235\224\217Ll;=\342\213\230Lleftarrow;=\342\207\232Lmidot;=\304\277"
    "LongLeftArrow;=\342\237\265LongLeftRightArrow;=\342\237\267LongRightArrow;=\342\237\266Longleftarrow;=\342\237\270"
    "Longleftrightarrow;=\342\237\272Longrightarrow;=\342\237\271Lopf;=\360\235\225\203LowerLeftArrow;=\342\206\231"
    "LowerRightArrow;=\342\206\230Lscr;=\342\204\222Lsh;=\342\206\260Lstrok;=\305\201Lt;=\342\211\252Map;=\342\244\205"
    "Mcy;=\320\234MediumSpace;=\342\201\237Mellintrf;=\342\204\263Mfr;=\360\235\224\220MinusPlus;=\342\210\223"
    "Mopf;=\360\235\225\204Mscr;=\342\204\263Mu;=\316\234NJcy;=\320\212Nacute;=\305\203Ncaron;=\305\207Ncedil;=\305\205"
    "Ncy;=\320\235NegativeMediumSpace;=\342\200\213NegativeThickSpace;=\342\200\213NegativeThinSpace;=\342\200\213"
    "NegativeVeryThinSpace;=\342\200\213NestedGreaterGreater;=\342\211\253NestedLessLess;=\342\211\252NewLine;=\012"
    "Nfr;=\360\235\224\221NoBreak;=\342\201\240NonBreakingSpace;=\302\240Nopf;=\342\204\225Not;=\342\253\254"
    "NotCongruent;=\342\211\242NotCupCap;=\342\211\255NotDoubleVerticalBar;=\342\210\246NotElement;=\342\210\211"
    "NotEqual;=\342\211\240NotEqualTilde;=\342\211\202\314\270NotExists;=\342\210\204NotGreater;=\342\211\257"
    "NotGreaterEqual;=\342\211\261NotGreaterFullEqual;=\342\211\247\314\270NotGreaterGreater;=\342\211\253\314\270"
    "NotGreaterLess;=\342\211\271NotGreaterSlantEqual;=\342\251\276\314\270NotGreaterTilde;=\342\211\265"
    "NotHumpDownHump;=\342\211\216\314\270NotHumpEqual;=\342\211\217\314\270NotLeftTriangle;=\342\213\252"
    "NotLeftTriangleBar;=\342\247\217\314\270NotLeftTriangleEqual;=\342\213\254NotLess;=\342\211\256"
    "NotLessEqual;=\342\211\260NotLessGreater;=\342\211\270NotLessLess;=\342\211\252\314\270"
    "NotLessSlantEqual;=\342\251\275\314\270NotLessTilde;=\342\211\264NotNestedGreaterGreater;=\342\252\242\314\270"
    "NotNestedLessLess;=\342\252\241\314\270NotPrecedes;=\342\212\200NotPrecedesEqual;=\342\252\257\314\270"
    "NotPrecedesSlantEqual;=\342\213\240NotReverseElement;=\342\210\214NotRightTriangle;=\342\213\253"
    "NotRightTriangleBar;=\342\247\220\314\270NotRightTriangleEqual;=\342\213\255NotSquareSubset;=\342\212\217\314\270"
    "NotSquareSubsetEqual;=\342\213\242NotSquareSuperset;=\342\212\220\314\270NotSquareSupersetEqual;=\342\213\243"
    "NotSubset;=\342\212\202\342\203\222NotSubsetEqual;=\342\212\210NotSucceeds;=\342\212\201"
    "NotSucceedsEqual;=\342\252\260\314\270NotSucceedsSlantEqual;=\342\213\241NotSucceedsTilde;=\342\211\277\314\270"
    "NotSuperset;=\342\212\203\342\203\222NotSupersetEqual;=\342\212\211NotTilde;=\342\211\201NotTildeEqual;=\342\211\204"
    "NotTildeFullEqual;=\342\211\207NotTildeTilde;=\342\211\211NotVerticalBar;=\342\210\244Nscr;=\360\235\222\251"
    "Ntilde=\303\221Ntilde;=\303\221Nu;=\316\235OElig;=\305\222Oacute=\303\223Oacute;=\303\223Ocirc=\303\224Ocirc;=\303\224"
    "Ocy;=\320\236Odblac;=\305\220Ofr;=\360\235\224\222Ograve=\303\222Ograve;=\303\222Omacr;=\305\214Omega;=\316\251"
    "Omicron;=\316\237Oopf;=\360\235\225\206OpenCurlyDoubleQuote;=\342\200\234OpenCurlyQuote;=\342\200\230Or;=\342\251\224"
    "Oscr;=\360\235\222\252Oslash=\303\230Oslash;=\303\230Otilde=\303\225Otilde;=\303\225Otimes;=\342\250\267Ouml=\303\226"
    "Ouml;=\303\226OverBar;=\342\200\276OverBrace;=\342\217\236OverBracket;=\342\216\264OverParenthesis;=\342\217\234"
    "PartialD;=\342\210\202Pcy;=\320\237Pfr;=\360\235\224\223Phi;=\316\246Pi;=\316\240PlusMinus;=\302\261"
    "Poincareplane;=\342\204\214Popf;=\342\204\231Pr;=\342\252\273Precedes;=\342\211\272PrecedesEqual;=\342\252\257"
    "PrecedesSlantEqual;=\342\211\274PrecedesTilde;=\342\211\276Prime;=\342\200\263Product;=\342\210\217"
    "Proportion;=\342\210\267Proportional;=\342\210\235Pscr;=\360\235\222\253Psi;=\316\250QUOT=\042QUOT;=\042"
    "Qfr;=\360\235\224\224Qopf;=\342\204\232Qscr;=\360\235\222\254RBarr;=\342\244\220REG=\302\256REG;=\302\256"
    "Racute;=\305\224Rang;=\342\237\253Rarr;=\342\206\240Rarrtl;=\342\244\226Rcaron;=\305\230Rcedil;=\305\226Rcy;=\320\240"
    "Re;=\342\204\234ReverseElement;=\342\210\213ReverseEquilibrium;=\342\207\213ReverseUpEquilibrium;=\342\245\257"
    "Rfr;=\342\204\234Rho;=\316\241RightAngleBracket;=\342\237\251RightArrow;=\342\206\222RightArrowBar;=\342\207\245"
    "RightArrowLeftArrow;=\342\207\204RightCeiling;=\342\214\211RightDoubleBracket;=\342\237\247"
    "RightDownTeeVector;=\342\245\235RightDownVector;=\342\207\202RightDownVectorBar;=\342\245\225RightFloor;=\342\214\213"
    "RightTee;=\342\212\242RightTeeArrow;=\342\206\246RightTeeVector;=\342\245\233RightTriangle;=\342\212\263"
    "RightTriangleBar;=\342\247\220RightTriangleEqual;=\342\212\265RightUpDownVector;=\342\245\217"
    "RightUpTeeVector;=\342\245\234RightUpVector;=\342\206\276RightUpVectorBar;=\342\245\224RightVector;=\342\207\200"
    "RightVectorBar;=\342\245\223Rightarrow;=\342\207\222Ropf;=\342\204\235RoundImplies;=\342\245\260"
    "Rrightarrow;=\342\207\233Rscr;=\342\204\233Rsh;=\342\206\261RuleDelayed;=\342\247\264SHCHcy;=\320\251SHcy;=\320\250"
    "SOFTcy;=\320\254Sacute;=\305\232Sc;=\342\252\274Scaron;=\305\240Scedil;=\305\236Scirc;=\305\234Scy;=\320\241"
    "Sfr;=\360\235\224\226ShortDownArrow;=\342\206\223ShortLeftArrow;=\342\206\220ShortRightArrow;=\342\206\222"
    "ShortUpArrow;=\342\206\221Sigma;=\316\243SmallCircle;=\342\210\230Sopf;=\360\235\225\212Sqrt;=\342\210\232"
    "Square;=\342\226\241SquareIntersection;=\342\212\223SquareSubset;=\342\212\217SquareSubsetEqual;=\342\212\221"
    "SquareSuperset;=\342\212\220SquareSupersetEqual;=\342\212\222SquareUnion;=\342\212\224Sscr;=\360\235\222\256"
    "Star;=\342\213\206Sub;=\342\213\220Subset;=\342\213\220SubsetEqual;=\342\212\206Succeeds;=\342\211\273"
    "SucceedsEqual;=\342\252\260SucceedsSlantEqual;=\342\211\275SucceedsTilde;=\342\211\277SuchThat;=\342\210\213"
    "Sum;=\342\210\221Sup;=\342\213\221Superset;=\342\212\203SupersetEqual;=\342\212\207Supset;=\342\213\221THORN=\303\236"
    "THORN;=\303\236TRADE;=\342\204\242TSHcy;=\320\213TScy;=\320\246Tab;=\011Tau;=\316\244Tcaron;=\305\244Tcedil;=\305\242"
    "Tcy;=\320\242Tfr;=\360\235\224\227Therefore;=\342\210\264Theta;=\316\230ThickSpace;=\342\201\237\342\200\212"
    "ThinSpace;=\342\200\211Tilde;=\342\210\274TildeEqual;=\342\211\203TildeFullEqual;=\342\211\205TildeTilde;=\342\211\210"
    "Topf;=\360\235\225\213TripleDot;=\342\203\233Tscr;=\360\235\222\257Tstrok;=\305\246Uacute=\303\232Uacute;=\303\232"
    "Uarr;=\342\206\237Uarrocir;=\342\245\211Ubrcy;=\320\216Ubreve;=\305\254Ucirc=\303\233Ucirc;=\303\233Ucy;=\320\243"
    "Udblac;=\305\260Ufr;=\360\235\224\230Ugrave=\303\231Ugrave;=\303\231Umacr;=\305\252UnderBar;=_UnderBrace;=\342\217\237"
    "UnderBracket;=\342\216\265UnderParenthesis;=\342\217\235Union;=\342\213\203UnionPlus;=\342\212\216Uogon;=\305\262"
    "Uopf;=\360\235\225\214UpArrow;=\342\206\221UpArrowBar;=\342\244\222UpArrowDownArrow;=\342\207\205"
    "UpDownArrow;=\342\206\225UpEquilibrium;=\342\245\256UpTee;=\342\212\245UpTeeArrow;=\342\206\245Uparrow;=\342\207\221"
    "Updownarrow;=\342\207\225UpperLeftArrow;=\342\206\226UpperRightArrow;=\342\206\227Upsi;=\317\222Upsilon;=\316\245"
    "Uring;=\305\256Uscr;=\360\235\222\260Utilde;=\305\250Uuml=\303\234Uuml;=\303\234VDash;=\342\212\253Vbar;=\342\253\253"
    "Vcy;=\320\222Vdash;=\342\212\251Vdashl;=\342\253\246Vee;=\342\213\201Verbar;=\342\200\226Vert;=\342\200\226"
    "VerticalBar;=\342\210\243VerticalLine;=|VerticalSeparator;=\342\235\230VerticalTilde;=\342\211\200"
    "VeryThinSpace;=\342\200\212Vfr;=\360\235\224\231Vopf;=\360\235\225\215Vscr;=\360\235\222\261Vvdash;=\342\212\252"
    "Wcirc;=\305\264Wedge;=\342\213\200Wfr;=\360\235\224\232Wopf;=\360\235\225\216Wscr;=\360\235\222\262Xfr;=\360\235\224\233"
    "Xi;=\316\236Xopf;=\360\235\225\217Xscr;=\360\235\222\263YAcy;=\320\257YIcy;=\320\207YUcy;=\320\256Yacute=\303\235"
    "Yacute;=\303\235Ycirc;=\305\266Ycy;=\320\253Yfr;=\360\235\224\234Yopf;=\360\235\225\220Yscr;=\360\235\222\264"
    "Yuml;=\305\270ZHcy;=\320\226Zacute;=\305\271Zcaron;=\305\275Zcy;=\320\227Zdot;=\305\273ZeroWidthSpace;=\342\200\213"
    "Zeta;=\316\226Zfr;=\342\204\250Zopf;=\342\204\244Zscr;=\360\235\222\265aacute=\303\241aacute;=\303\241abreve;=\304\203"
    "ac;=\342\210\276acE;=\342\210\276\314\263acd;=\342\210\277acirc=\303\242acirc;=\303\242acute=\302\264acute;=\302\264"
    "acy;=\320\260aelig=\303\246aelig;=\303\246af;=\342\201\241afr;=\360\235\224\236agrave=\303\240agrave;=\303\240"
    "alefsym;=\342\204\265aleph;=\342\204\265alpha;=\316\261amacr;=\304\201amalg;=\342\250\277amp=&amp;=&and;=\342\210\247"
    "andand;=\342\251\225andd;=\342\251\234andslope;=\342\251\230andv;=\342\251\232ang;=\342\210\240ange;=\342\246\244"
    "angle;=\342\210\240angmsd;=\342\210\241angmsdaa;=\342\246\250angmsdab;=\342\246\251angmsdac;=\342\246\252"
    "angmsdad;=\342\246\253angmsdae;=\342\246\254angmsdaf;=\342\246\255angmsdag;=\342\246\256angmsdah;=\342\246\257"
    "angrt;=\342\210\237angrtvb;=\342\212\276angrtvbd;=\342\246\235angsph;=\342\210\242angst;=\303\205angzarr;=\342\215\274"
    "aogon;=\304\205aopf;=\360\235\225\222ap;=\342\211\210apE;=\342\251\260apacir;=\342\251\257ape;=\342\211\212"
    "apid;=\342\211\213apos;='approx;=\342\211\210approxeq;=\342\211\212aring=\303\245aring;=\303\245ascr;=\360\235\222\266"
    "ast;=*asymp;=\342\211\210asympeq;=\342\211\215atilde=\303\243atilde;=\303\243auml=\303\244auml;=\303\244"
    "awconint;=\342\210\263awint;=\342\250\221bNot;=\342\253\255backcong;=\342\211\214backepsilon;=\317\266"
    "backprime;=\342\200\265backsim;=\342\210\275backsimeq;=\342\213\215barvee;=\342\212\275barwed;=\342\214\205"
    "barwedge;=\342\214\205bbrk;=\342\216\265bbrktbrk;=\342\216\266bcong;=\342\211\214bcy;=\320\261bdquo;=\342\200\236"
    "becaus;=\342\210\265because;=\342\210\265bemptyv;=\342\246\260bepsi;=\317\266bernou;=\342\204\254beta;=\316\262"
    "beth;=\342\204\266between;=\342\211\254bfr;=\360\235\224\237bigcap;=\342\213\202bigcirc;=\342\227\257"
    "bigcup;=\342\213\203bigodot;=\342\250\200bigoplus;=\342\250\201bigotimes;=\342\250\202bigsqcup;=\342\250\206"
    "bigstar;=\342\230\205bigtriangledown;=\342\226\275bigtriangleup;=\342\226\263biguplus;=\342\250\204bigvee;=\342\213\201"
    "bigwedge;=\342\213\200bkarow;=\342\244\215blacklozenge;=\342\247\253blacksquare;=\342\226\252blacktriangle;=\342\226\264"
    "blacktriangledown;=\342\226\276blacktriangleleft;=\342\227\202blacktriangleright;=\342\226\270blank;=\342\220\243"
    "blk12;=\342\226\222blk14;=\342\226\221blk34;=\342\226\223block;=\342\226\210bne;==\342\203\245"
    "bnequiv;=\342\211\241\342\203\245bnot;=\342\214\220bopf;=\360\235\225\223bot;=\342\212\245bottom;=\342\212\245"
    "bowtie;=\342\213\210boxDL;=\342\225\227boxDR;=\342\225\224boxDl;=\342\225\226boxDr;=\342\225\223boxH;=\342\225\220"
    "boxHD;=\342\225\246boxHU;=\342\225\251boxHd;=\342\225\244boxHu;=\342\225\247boxUL;=\342\225\235boxUR;=\342\225\232"
    "boxUl;=\342\225\234boxUr;=\342\225\231boxV;=\342\225\221boxVH;=\342\225\254boxVL;=\342\225\243boxVR;=\342\225\240"
    "boxVh;=\342\225\253boxVl;=\342\225\242boxVr;=\342\225\237boxbox;=\342\247\211boxdL;=\342\225\225boxdR;=\342\225\222"
    "boxdl;=\342\224\220boxdr;=\342\224\214boxh;=\342\224\200boxhD;=\342\225\245boxhU;=\342\225\250boxhd;=\342\224\254"
    "boxhu;=\342\224\264boxminus;=\342\212\237boxplus;=\342\212\236boxtimes;=\342\212\240boxuL;=\342\225\233"
    "boxuR;=\342\225\230boxul;=\342\224\230boxur;=\342\224\224boxv;=\342\224\202boxvH;=\342\225\252boxvL;=\342\225\241"
    "boxvR;=\342\225\236boxvh;=\342\224\274boxvl;=\342\224\244boxvr;=\342\224\234bprime;=\342\200\265breve;=\313\230"
    "brvbar=\302\246brvbar;=\302\246bscr;=\360\235\222\267bsemi;=\342\201\217bsim;=\342\210\275bsime;=\342\213\215bsol;=\134"
    "bsolb;=\342\247\205bsolhsub;=\342\237\210bull;=\342\200\242bullet;=\342\200\242bump;=\342\211\216bumpE;=\342\252\256"
    "bumpe;=\342\211\217bumpeq;=\342\211\217cacute;=\304\207cap;=\342\210\251capand;=\342\251\204capbrcup;=\342\251\211"
    "capcap;=\342\251\213capcup;=\342\251\207capdot;=\342\251\200caps;=\342\210\251\357\270\200caret;=\342\201\201"
    "caron;=\313\207ccaps;=\342\251\215ccaron;=\304\215ccedil=\303\247ccedil;=\303\247ccirc;=\304\211ccups;=\342\251\214"
    "ccupssm;=\342\251\220cdot;=\304\213cedil=\302\270cedil;=\302\270cemptyv;=\342\246\262cent=\302\242cent;=\302\242"
    "centerdot;=\302\267cfr;=\360\235\224\240chcy;=\321\207check;=\342\234\223checkmark;=\342\234\223chi;=\317\207"
    "cir;=\342\227\213cirE;=\342\247\203circ;=\313\206circeq;=\342\211\227circlearrowleft;=\342\206\272"
    "circlearrowright;=\342\206\273circledR;=\302\256circledS;=\342\223\210circledast;=\342\212\233circledcirc;=\342\212\232"
    "circleddash;=\342\212\235cire;=\342\211\227cirfnint;=\342\250\220cirmid;=\342\253\257cirscir;=\342\247\202"
    "clubs;=\342\231\243clubsuit;=\342\231\243colon;=:colone;=\342\211\224coloneq;=\342\211\224comma;=,commat;=@"
    "comp;=\342\210\201compfn;=\342\210\230complement;=\342\210\201complexes;=\342\204\202cong;=\342\211\205"
    "congdot;=\342\251\255conint;=\342\210\256copf;=\360\235\225\224coprod;=\342\210\220copy=\302\251copy;=\302\251"
    "copysr;=\342\204\227crarr;=\342\206\265cross;=\342\234\227cscr;=\360\235\222\270csub;=\342\253\217csube;=\342\253\221"
    "csup;=\342\253\220csupe;=\342\253\222ctdot;=\342\213\257cudarrl;=\342\244\270cudarrr;=\342\244\265cuepr;=\342\213\236"
    "cuesc;=\342\213\237cularr;=\342\206\266cularrp;=\342\244\275cup;=\342\210\252cupbrcap;=\342\251\210cupcap;=\342\251\206"
    "cupcup;=\342\251\212cupdot;=\342\212\215cupor;=\342\251\205cups;=\342\210\252\357\270\200curarr;=\342\206\267"
    "curarrm;=\342\244\274curlyeqprec;=\342\213\236curlyeqsucc;=\342\213\237curlyvee;=\342\213\216curlywedge;=\342\213\217"
    "curren=\302\244curren;=\302\244curvearrowleft;=\342\206\266curvearrowright;=\342\206\267cuvee;=\342\213\216"
    "cuwed;=\342\213\217cwconint;=\342\210\262cwint;=\342\210\261cylcty;=\342\214\255dArr;=\342\207\223dHar;=\342\245\245"
    "dagger;=\342\200\240daleth;=\342\204\270darr;=\342\206\223dash;=\342\200\220dashv;=\342\212\243dbkarow;=\342\244\217"
    "dblac;=\313\235dcaron;=\304\217dcy;=\320\264dd;=\342\205\206ddagger;=\342\200\241ddarr;=\342\207\212"
    "ddotseq;=\342\251\267deg=\302\260deg;=\302\260delta;=\316\264demptyv;=\342\246\261dfisht;=\342\245\277"
    "dfr;=\360\235\224\241dharl;=\342\207\203dharr;=\342\207\202diam;=\342\213\204diamond;=\342\213\204"
    "diamondsuit;=\342\231\246diams;=\342\231\246die;=\302\250digamma;=\317\235disin;=\342\213\262div;=\303\267"
    "divide=\303\267divide;=\303\267divideontimes;=\342\213\207divonx;=\342\213\207djcy;=\321\222dlcorn;=\342\214\236"
    "dlcrop;=\342\214\215dollar;=$dopf;=\360\235\225\225dot;=\313\231doteq;=\342\211\220doteqdot;=\342\211\221"
    "dotminus;=\342\210\270dotplus;=\342\210\224dotsquare;=\342\212\241doublebarwedge;=\342\214\206downarrow;=\342\206\223"
    "downdownarrows;=\342\207\212downharpoonleft;=\342\207\203downharpoonright;=\342\207\202drbkarow;=\342\244\220"
    "drcorn;=\342\214\237drcrop;=\342\214\214dscr;=\360\235\222\271dscy;=\321\225dsol;=\342\247\266dstrok;=\304\221"
    "dtdot;=\342\213\261dtri;=\342\226\277dtrif;=\342\226\276duarr;=\342\207\265duhar;=\342\245\257dwangle;=\342\246\246"
    "dzcy;=\321\237dzigrarr;=\342\237\277eDDot;=\342\251\267eDot;=\342\211\221eacute=\303\251eacute;=\303\251"
    "easter;=\342\251\256ecaron;=\304\233ecir;=\342\211\226ecirc=\303\252ecirc;=\303\252ecolon;=\342\211\225ecy;=\321\215"
    "edot;=\304\227ee;=\342\205\207efDot;=\342\211\222efr;=\360\235\224\242eg;=\342\252\232egrave=\303\250egrave;=\303\250"
    "egs;=\342\252\226egsdot;=\342\252\230el;=\342\252\231elinters;=\342\217\247ell;=\342\204\223els;=\342\252\225"
    "elsdot;=\342\252\227emacr;=\304\223empty;=\342\210\205emptyset;=\342\210\205emptyv;=\342\210\205emsp13;=\342\200\204"
    "emsp14;=\342\200\205emsp;=\342\200\203eng;=\305\213ensp;=\342\200\202eogon;=\304\231eopf;=\360\235\225\226"
    "epar;=\342\213\225eparsl;=\342\247\243eplus;=\342\251\261epsi;=\316\265epsilon;=\316\265epsiv;=\317\265"
    "eqcirc;=\342\211\226eqcolon;=\342\211\225eqsim;=\342\211\202eqslantgtr;=\342\252\226eqslantless;=\342\252\225equals;=="
    "equest;=\342\211\237equiv;=\342\211\241equivDD;=\342\251\270eqvparsl;=\342\247\245erDot;=\342\211\223erarr;=\342\245\261"
    "escr;=\342\204\257esdot;=\342\211\220esim;=\342\211\202eta;=\316\267eth=\303\260eth;=\303\260euml=\303\253euml;=\303\253"
    "euro;=\342\202\254excl;=!exist;=\342\210\203expectation;=\342\204\260exponentiale;=\342\205\207"
    "fallingdotseq;=\342\211\222fcy;=\321\204female;=\342\231\200ffilig;=\357\254\203fflig;=\357\254\200ffllig;=\357\254\204"
    "ffr;=\360\235\224\243filig;=\357\254\201fjlig;=fjflat;=\342\231\255fllig;=\357\254\202fltns;=\342\226\261fnof;=\306\222"
    "fopf;=\360\235\225\227forall;=\342\210\200fork;=\342\213\224forkv;=\342\253\231fpartint;=\342\250\215frac12=\302\275"
    "frac12;=\302\275frac13;=\342\205\223frac14=\302\274frac14;=\302\274frac15;=\342\205\225frac16;=\342\205\231"
    "frac18;=\342\205\233frac23;=\342\205\224frac25;=\342\205\226frac34=\302\276frac34;=\302\276frac35;=\342\205\227"
    "frac38;=\342\205\234frac45;=\342\205\230frac56;=\342\205\232frac58;=\342\205\235frac78;=\342\205\236frasl;=\342\201\204"
    "frown;=\342\214\242fscr;=\360\235\222\273gE;=\342\211\247gEl;=\342\252\214gacute;=\307\265gamma;=\316\263"
    "gammad;=\317\235gap;=\342\252\206gbreve;=\304\237gcirc;=\304\235gcy;=\320\263gdot;=\304\241ge;=\342\211\245"
    "gel;=\342\213\233geq;=\342\211\245geqq;=\342\211\247geqslant;=\342\251\276ges;=\342\251\276gescc;=\342\252\251"
    "gesdot;=\342\252\200gesdoto;=\342\252\202gesdotol;=\342\252\204gesl;=\342\213\233\357\270\200gesles;=\342\252\224"
    "gfr;=\360\235\224\244gg;=\342\211\253ggg;=\342\213\231gimel;=\342\204\267gjcy;=\321\223gl;=\342\211\267glE;=\342\252\222"
    "gla;=\342\252\245glj;=\342\252\244gnE;=\342\211\251gnap;=\342\252\212gnapprox;=\342\252\212gne;=\342\252\210"
    "gneq;=\342\252\210gneqq;=\342\211\251gnsim;=\342\213\247gopf;=\360\235\225\230grave;=`gscr;=\342\204\212"
    "gsim;=\342\211\263gsime;=\342\252\216gsiml;=\342\252\220gt=>gt;=>gtcc;=\342\252\247gtcir;=\342\251\272"
    "gtdot;=\342\213\227gtlPar;=\342\246\225gtquest;=\342\251\274gtrapprox;=\342\252\206gtrarr;=\342\245\270"
    "gtrdot;=\342\213\227gtreqless;=\342\213\233gtreqqless;=\342\252\214gtrless;=\342\211\267gtrsim;=\342\211\263"
    "gvertneqq;=\342\211\251\357\270\200gvnE;=\342\211\251\357\270\200hArr;=\342\207\224hairsp;=\342\200\212half;=\302\275"
    "hamilt;=\342\204\213hardcy;=\321\212harr;=\342\206\224harrcir;=\342\245\210harrw;=\342\206\255hbar;=\342\204\217"
    "hcirc;=\304\245hearts;=\342\231\245heartsuit;=\342\231\245hellip;=\342\200\246hercon;=\342\212\271hfr;=\360\235\224\245"
    "hksearow;=\342\244\245hkswarow;=\342\244\246hoarr;=\342\207\277homtht;=\342\210\273hookleftarrow;=\342\206\251"
    "hookrightarrow;=\342\206\252hopf;=\360\235\225\231horbar;=\342\200\225hscr;=\360\235\222\275hslash;=\342\204\217"
    "hstrok;=\304\247hybull;=\342\201\203hyphen;=\342\200\220iacute=\303\255iacute;=\303\255ic;=\342\201\243icirc=\303\256"
    "icirc;=\303\256icy;=\320\270iecy;=\320\265iexcl=\302\241iexcl;=\302\241iff;=\342\207\224ifr;=\360\235\224\246"
    "igrave=\303\254igrave;=\303\254ii;=\342\205\210iiiint;=\342\250\214iiint;=\342\210\255iinfin;=\342\247\234"
    "iiota;=\342\204\251ijlig;=\304\263imacr;=\304\253image;=\342\204\221imagline;=\342\204\220imagpart;=\342\204\221"
    "imath;=\304\261imof;=\342\212\267imped;=\306\265in;=\342\210\210incare;=\342\204\205infin;=\342\210\236"
    "infintie;=\342\247\235inodot;=\304\261int;=\342\210\253intcal;=\342\212\272integers;=\342\204\244intercal;=\342\212\272"
    "intlarhk;=\342\250\227intprod;=\342\250\274iocy;=\321\221iogon;=\304\257iopf;=\360\235\225\232iota;=\316\271"
    "iprod;=\342\250\274iquest=\302\277iquest;=\302\277iscr;=\360\235\222\276isin;=\342\210\210isinE;=\342\213\271"
    "isindot;=\342\213\265isins;=\342\213\264isinsv;=\342\213\263isinv;=\342\210\210it;=\342\201\242itilde;=\304\251"
    "iukcy;=\321\226iuml=\303\257iuml;=\303\257jcirc;=\304\265jcy;=\320\271jfr;=\360\235\224\247jmath;=\310\267"
    "jopf;=\360\235\225\233jscr;=\360\235\222\277jsercy;=\321\230jukcy;=\321\224kappa;=\316\272kappav;=\317\260"
    "kcedil;=\304\267kcy;=\320\272kfr;=\360\235\224\250kgreen;=\304\270khcy;=\321\205kjcy;=\321\234kopf;=\360\235\225\234"
    "kscr;=\360\235\223\200lAarr;=\342\207\232lArr;=\342\207\220lAtail;=\342\244\233lBarr;=\342\244\216lE;=\342\211\246"
    "lEg;=\342\252\213lHar;=\342\245\242lacute;=\304\272laemptyv;=\342\246\264lagran;=\342\204\222lambda;=\316\273"
    "lang;=\342\237\250langd;=\342\246\221langle;=\342\237\250lap;=\342\252\205laquo=\302\253laquo;=\302\253"
    "larr;=\342\206\220larrb;=\342\207\244larrbfs;=\342\244\237larrfs;=\342\244\235larrhk;=\342\206\251larrlp;=\342\206\253"
    "larrpl;=\342\244\271larrsim;=\342\245\263larrtl;=\342\206\242lat;=\342\252\253latail;=\342\244\231late;=\342\252\255"
    "lates;=\342\252\255\357\270\200lbarr;=\342\244\214lbbrk;=\342\235\262lbrace;={lbrack;=[lbrke;=\342\246\213"
    "lbrksld;=\342\246\217lbrkslu;=\342\246\215lcaron;=\304\276lcedil;=\304\274lceil;=\342\214\210lcub;={lcy;=\320\273"
    "ldca;=\342\244\266ldquo;=\342\200\234ldquor;=\342\200\236ldrdhar;=\342\245\247ldrushar;=\342\245\213ldsh;=\342\206\262"
    "le;=\342\211\244leftarrow;=\342\206\220leftarrowtail;=\342\206\242leftharpoondown;=\342\206\275"
    "leftharpoonup;=\342\206\274leftleftarrows;=\342\207\207leftrightarrow;=\342\206\224leftrightarrows;=\342\207\206"
    "leftrightharpoons;=\342\207\213leftrightsquigarrow;=\342\206\255leftthreetimes;=\342\213\213leg;=\342\213\232"
    "leq;=\342\211\244leqq;=\342\211\246leqslant;=\342\251\275les;=\342\251\275lescc;=\342\252\250lesdot;=\342\251\277"
    "lesdoto;=\342\252\201lesdotor;=\342\252\203lesg;=\342\213\232\357\270\200lesges;=\342\252\223lessapprox;=\342\252\205"
    "lessdot;=\342\213\226lesseqgtr;=\342\213\232lesseqqgtr;=\342\252\213lessgtr;=\342\211\266lesssim;=\342\211\262"
    "lfisht;=\342\245\274lfloor;=\342\214\212lfr;=\360\235\224\251lg;=\342\211\266lgE;=\342\252\221lhard;=\342\206\275"
    "lharu;=\342\206\274lharul;=\342\245\252lhblk;=\342\226\204ljcy;=\321\231ll;=\342\211\252llarr;=\342\207\207"
    "llcorner;=\342\214\236llhard;=\342\245\253lltri;=\342\227\272lmidot;=\305\200lmoust;=\342\216\260"
    "lmoustache;=\342\216\260lnE;=\342\211\250lnap;=\342\252\211lnapprox;=\342\252\211lne;=\342\252\207lneq;=\342\252\207"
    "lneqq;=\342\211\250lnsim;=\342\213\246loang;=\342\237\254loarr;=\342\207\275lobrk;=\342\237\246"
    "longleftarrow;=\342\237\265longleftrightarrow;=\342\237\267longmapsto;=\342\237\274longrightarrow;=\342\237\266"
    "looparrowleft;=\342\206\253looparrowright;=\342\206\254lopar;=\342\246\205lopf;=\360\235\225\235loplus;=\342\250\255"
    "lotimes;=\342\250\264lowast;=\342\210\227lowbar;=_loz;=\342\227\212lozenge;=\342\227\212lozf;=\342\247\253lpar;=("
    "lparlt;=\342\246\223lrarr;=\342\207\206lrcorner;=\342\214\237lrhar;=\342\207\213lrhard;=\342\245\255lrm;=\342\200\216"
    "lrtri;=\342\212\277lsaquo;=\342\200\271lscr;=\360\235\223\201lsh;=\342\206\260lsim;=\342\211\262lsime;=\342\252\215"
    "lsimg;=\342\252\217lsqb;=[lsquo;=\342\200\230lsquor;=\342\200\232lstrok;=\305\202lt=<lt;=<ltcc;=\342\252\246"
    "ltcir;=\342\251\271ltdot;=\342\213\226lthree;=\342\213\213ltimes;=\342\213\211ltlarr;=\342\245\266ltquest;=\342\251\273"
    "ltrPar;=\342\246\226ltri;=\342\227\203ltrie;=\342\212\264ltrif;=\342\227\202lurdshar;=\342\245\212luruhar;=\342\245\246"
    "lvertneqq;=\342\211\250\357\270\200lvnE;=\342\211\250\357\270\200mDDot;=\342\210\272macr=\302\257macr;=\302\257"
    "male;=\342\231\202malt;=\342\234\240maltese;=\342\234\240map;=\342\206\246mapsto;=\342\206\246mapstodown;=\342\206\247"
    "mapstoleft;=\342\206\244mapstoup;=\342\206\245marker;=\342\226\256mcomma;=\342\250\251mcy;=\320\274mdash;=\342\200\224"
    "measuredangle;=\342\210\241mfr;=\360\235\224\252mho;=\342\204\247micro=\302\265micro;=\302\265mid;=\342\210\243midast;=*"
    "midcir;=\342\253\260middot=\302\267middot;=\302\267minus;=\342\210\222minusb;=\342\212\237minusd;=\342\210\270"
    "minusdu;=\342\250\252mlcp;=\342\253\233mldr;=\342\200\246mnplus;=\342\210\223models;=\342\212\247mopf;=\360\235\225\236"
    "mp;=\342\210\223mscr;=\360\235\223\202mstpos;=\342\210\276mu;=\316\274multimap;=\342\212\270mumap;=\342\212\270"
    "nGg;=\342\213\231\314\270nGt;=\342\211\253\342\203\222nGtv;=\342\211\253\314\270nLeftarrow;=\342\207\215"
    "nLeftrightarrow;=\342\207\216nLl;=\342\213\230\314\270nLt;=\342\211\252\342\203\222nLtv;=\342\211\252\314\270"
    "nRightarrow;=\342\207\217nVDash;=\342\212\257nVdash;=\342\212\256nabla;=\342\210\207nacute;=\305\204"
    "nang;=\342\210\240\342\203\222nap;=\342\211\211napE;=\342\251\260\314\270napid;=\342\211\213\314\270napos;=\305\211"
    "napprox;=\342\211\211natur;=\342\231\256natural;=\342\231\256naturals;=\342\204\225nbsp=\302\240nbsp;=\302\240"
    "nbump;=\342\211\216\314\270nbumpe;=\342\211\217\314\270ncap;=\342\251\203ncaron;=\305\210ncedil;=\305\206"
    "ncong;=\342\211\207ncongdot;=\342\251\255\314\270ncup;=\342\251\202ncy;=\320\275ndash;=\342\200\223ne;=\342\211\240"
    "neArr;=\342\207\227nearhk;=\342\244\244nearr;=\342\206\227nearrow;=\342\206\227nedot;=\342\211\220\314\270"
    "nequiv;=\342\211\242nesear;=\342\244\250nesim;=\342\211\202\314\270nexist;=\342\210\204nexists;=\342\210\204"
    "nfr;=\360\235\224\253ngE;=\342\211\247\314\270nge;=\342\211\261ngeq;=\342\211\261ngeqq;=\342\211\247\314\270"
    "ngeqslant;=\342\251\276\314\270nges;=\342\251\276\314\270ngsim;=\342\211\265ngt;=\342\211\257ngtr;=\342\211\257"
    "nhArr;=\342\207\216nharr;=\342\206\256nhpar;=\342\253\262ni;=\342\210\213nis;=\342\213\274nisd;=\342\213\272"
    "niv;=\342\210\213njcy;=\321\232nlArr;=\342\207\215nlE;=\342\211\246\314\270nlarr;=\342\206\232nldr;=\342\200\245"
    "nle;=\342\211\260nleftarrow;=\342\206\232nleftrightarrow;=\342\206\256nleq;=\342\211\260nleqq;=\342\211\246\314\270"
    "nleqslant;=\342\251\275\314\270nles;=\342\251\275\314\270nless;=\342\211\256nlsim;=\342\211\264nlt;=\342\211\256"
    "nltri;=\342\213\252nltrie;=\342\213\254nmid;=\342\210\244nopf;=\360\235\225\237not=\302\254not;=\302\254"
    "notin;=\342\210\211notinE;=\342\213\271\314\270notindot;=\342\213\265\314\270notinva;=\342\210\211notinvb;=\342\213\267"
    "notinvc;=\342\213\266notni;=\342\210\214notniva;=\342\210\214notnivb;=\342\213\276notnivc;=\342\213\275"
    "npar;=\342\210\246nparallel;=\342\210\246nparsl;=\342\253\275\342\203\245npart;=\342\210\202\314\270"
    "npolint;=\342\250\224npr;=\342\212\200nprcue;=\342\213\240npre;=\342\252\257\314\270nprec;=\342\212\200"
    "npreceq;=\342\252\257\314\270nrArr;=\342\207\217nrarr;=\342\206\233nrarrc;=\342\244\263\314\270"
    "nrarrw;=\342\206\235\314\270nrightarrow;=\342\206\233nrtri;=\342\213\253nrtrie;=\342\213\255nsc;=\342\212\201"
    "nsccue;=\342\213\241nsce;=\342\252\260\314\270nscr;=\360\235\223\203nshortmid;=\342\210\244nshortparallel;=\342\210\246"
    "nsim;=\342\211\201nsime;=\342\211\204nsimeq;=\342\211\204nsmid;=\342\210\244nspar;=\342\210\246nsqsube;=\342\213\242"
    "nsqsupe;=\342\213\243nsub;=\342\212\204nsubE;=\342\253\205\314\270nsube;=\342\212\210nsubset;=\342\212\202\342\203\222"
    "nsubseteq;=\342\212\210nsubseteqq;=\342\253\205\314\270nsucc;=\342\212\201nsucceq;=\342\252\260\314\270"
    "nsup;=\342\212\205nsupE;=\342\253\206\314\270nsupe;=\342\212\211nsupset;=\342\212\203\342\203\222nsupseteq;=\342\212\211"
    "nsupseteqq;=\342\253\206\314\270ntgl;=\342\211\271ntilde=\303\261ntilde;=\303\261ntlg;=\342\211\270"
    "ntriangleleft;=\342\213\252ntrianglelefteq;=\342\213\254ntriangleright;=\342\213\253ntrianglerighteq;=\342\213\255"
    "nu;=\316\275num;=#numero;=\342\204\226numsp;=\342\200\207nvDash;=\342\212\255nvHarr;=\342\244\204"
    "nvap;=\342\211\215\342\203\222nvdash;=\342\212\254nvge;=\342\211\245\342\203\222nvgt;=>\342\203\222nvinfin;=\342\247\236"
    "nvlArr;=\342\244\202nvle;=\342\211\244\342\203\222nvlt;=<\342\203\222nvltrie;=\342\212\264\342\203\222"
    "nvrArr;=\342\244\203nvrtrie;=\342\212\265\342\203\222nvsim;=\342\210\274\342\203\222nwArr;=\342\207\226"
    "nwarhk;=\342\244\243nwarr;=\342\206\226nwarrow;=\342\206\226nwnear;=\342\244\247oS;=\342\223\210oacute=\303\263"
    "oacute;=\303\263oast;=\342\212\233ocir;=\342\212\232ocirc=\303\264ocirc;=\303\264ocy;=\320\276odash;=\342\212\235"
    "odblac;=\305\221odiv;=\342\250\270odot;=\342\212\231odsold;=\342\246\274oelig;=\305\223ofcir;=\342\246\277"
    "ofr;=\360\235\224\254ogon;=\313\233ograve=\303\262ograve;=\303\262ogt;=\342\247\201ohbar;=\342\246\265ohm;=\316\251"
    "oint;=\342\210\256olarr;=\342\206\272olcir;=\342\246\276olcross;=\342\246\273oline;=\342\200\276olt;=\342\247\200"
    "omacr;=\305\215omega;=\317\211omicron;=\316\277omid;=\342\246\266ominus;=\342\212\226oopf;=\360\235\225\240"
    "opar;=\342\246\267operp;=\342\246\271oplus;=\342\212\225or;=\342\210\250orarr;=\342\206\273ord;=\342\251\235"
    "order;=\342\204\264orderof;=\342\204\264ordf=\302\252ordf;=\302\252ordm=\302\272ordm;=\302\272origof;=\342\212\266"
    "oror;=\342\251\226orslope;=\342\251\227orv;=\342\251\233oscr;=\342\204\264oslash=\303\270oslash;=\303\270"
    "osol;=\342\212\230otilde=\303\265otilde;=\303\265otimes;=\342\212\227otimesas;=\342\250\266ouml=\303\266ouml;=\303\266"
    "ovbar;=\342\214\275par;=\342\210\245para=\302\266para;=\302\266parallel;=\342\210\245parsim;=\342\253\263"
    "parsl;=\342\253\275part;=\342\210\202pcy;=\320\277percnt;=%period;=.permil;=\342\200\260perp;=\342\212\245"
    "pertenk;=\342\200\261pfr;=\360\235\224\255phi;=\317\206phiv;=\317\225phmmat;=\342\204\263phone;=\342\230\216pi;=\317\200"
    "pitchfork;=\342\213\224piv;=\317\226planck;=\342\204\217planckh;=\342\204\216plankv;=\342\204\217plus;=+"
    "plusacir;=\342\250\243plusb;=\342\212\236pluscir;=\342\250\242plusdo;=\342\210\224plusdu;=\342\250\245"
    "pluse;=\342\251\262plusmn=\302\261plusmn;=\302\261plussim;=\342\250\246plustwo;=\342\250\247pm;=\302\261"
    "pointint;=\342\250\225popf;=\360\235\225\241pound=\302\243pound;=\302\243pr;=\342\211\272prE;=\342\252\263"
    "prap;=\342\252\267prcue;=\342\211\274pre;=\342\252\257prec;=\342\211\272precapprox;=\342\252\267"
    "preccurlyeq;=\342\211\274preceq;=\342\252\257precnapprox;=\342\252\271precneqq;=\342\252\265precnsim;=\342\213\250"
    "precsim;=\342\211\276prime;=\342\200\262primes;=\342\204\231prnE;=\342\252\265prnap;=\342\252\271prnsim;=\342\213\250"
    "prod;=\342\210\217profalar;=\342\214\256profline;=\342\214\222profsurf;=\342\214\223prop;=\342\210\235"
    "propto;=\342\210\235prsim;=\342\211\276prurel;=\342\212\260pscr;=\360\235\223\205psi;=\317\210puncsp;=\342\200\210"
    "qfr;=\360\235\224\256qint;=\342\250\214qopf;=\360\235\225\242qprime;=\342\201\227qscr;=\360\235\223\206"
    "quaternions;=\342\204\215quatint;=\342\250\226quest;=\077questeq;=\342\211\237quot=\042quot;=\042rAarr;=\342\207\233"
    "rArr;=\342\207\222rAtail;=\342\244\234rBarr;=\342\244\217rHar;=\342\245\244race;=\342\210\275\314\261racute;=\305\225"
    "radic;=\342\210\232raemptyv;=\342\246\263rang;=\342\237\251rangd;=\342\246\222range;=\342\246\245rangle;=\342\237\251"
    "raquo=\302\273raquo;=\302\273rarr;=\342\206\222rarrap;=\342\245\265rarrb;=\342\207\245rarrbfs;=\342\244\240"
    "rarrc;=\342\244\263rarrfs;=\342\244\236rarrhk;=\342\206\252rarrlp;=\342\206\254rarrpl;=\342\245\205rarrsim;=\342\245\264"
    "rarrtl;=\342\206\243rarrw;=\342\206\235ratail;=\342\244\232ratio;=\342\210\266rationals;=\342\204\232rbarr;=\342\244\215"
    "rbbrk;=\342\235\263rbrace;=}rbrack;=]rbrke;=\342\246\214rbrksld;=\342\246\216rbrkslu;=\342\246\220rcaron;=\305\231"
    "rcedil;=\305\227rceil;=\342\214\211rcub;=}rcy;=\321\200rdca;=\342\244\267rdldhar;=\342\245\251rdquo;=\342\200\235"
    "rdquor;=\342\200\235rdsh;=\342\206\263real;=\342\204\234realine;=\342\204\233realpart;=\342\204\234reals;=\342\204\235"
    "rect;=\342\226\255reg=\302\256reg;=\302\256rfisht;=\342\245\275rfloor;=\342\214\213rfr;=\360\235\224\257"
    "rhard;=\342\207\201rharu;=\342\207\200rharul;=\342\245\254rho;=\317\201rhov;=\317\261rightarrow;=\342\206\222"
    "rightarrowtail;=\342\206\243rightharpoondown;=\342\207\201rightharpoonup;=\342\207\200rightleftarrows;=\342\207\204"
    "rightleftharpoons;=\342\207\214rightrightarrows;=\342\207\211rightsquigarrow;=\342\206\235rightthreetimes;=\342\213\214"
    "ring;=\313\232risingdotseq;=\342\211\223rlarr;=\342\207\204rlhar;=\342\207\214rlm;=\342\200\217rmoust;=\342\216\261"
    "rmoustache;=\342\216\261rnmid;=\342\253\256roang;=\342\237\255roarr;=\342\207\276robrk;=\342\237\247ropar;=\342\246\206"
    "ropf;=\360\235\225\243roplus;=\342\250\256rotimes;=\342\250\265rpar;=)rpargt;=\342\246\224rppolint;=\342\250\222"
    "rrarr;=\342\207\211rsaquo;=\342\200\272rscr;=\360\235\223\207rsh;=\342\206\261rsqb;=]rsquo;=\342\200\231"
    "rsquor;=\342\200\231rthree;=\342\213\214rtimes;=\342\213\212rtri;=\342\226\271rtrie;=\342\212\265rtrif;=\342\226\270"
    "rtriltri;=\342\247\216ruluhar;=\342\245\250rx;=\342\204\236sacute;=\305\233sbquo;=\342\200\232sc;=\342\211\273"
    "scE;=\342\252\264scap;=\342\252\270scaron;=\305\241sccue;=\342\211\275sce;=\342\252\260scedil;=\305\237scirc;=\305\235"
    "scnE;=\342\252\266scnap;=\342\252\272scnsim;=\342\213\251scpolint;=\342\250\223scsim;=\342\211\277scy;=\321\201"
    "sdot;=\342\213\205sdotb;=\342\212\241sdote;=\342\251\246seArr;=\342\207\230searhk;=\342\244\245searr;=\342\206\230"
    "searrow;=\342\206\230sect=\302\247sect;=\302\247semi;=;seswar;=\342\244\251setminus;=\342\210\226setmn;=\342\210\226"
    "sext;=\342\234\266sfr;=\360\235\224\260sfrown;=\342\214\242sharp;=\342\231\257shchcy;=\321\211shcy;=\321\210"
    "shortmid;=\342\210\243shortparallel;=\342\210\245shy=\302\255shy;=\302\255sigma;=\317\203sigmaf;=\317\202"
    "sigmav;=\317\202sim;=\342\210\274simdot;=\342\251\252sime;=\342\211\203simeq;=\342\211\203simg;=\342\252\236"
    "simgE;=\342\252\240siml;=\342\252\235simlE;=\342\252\237simne;=\342\211\206simplus;=\342\250\244simrarr;=\342\245\262"
    "slarr;=\342\206\220smallsetminus;=\342\210\226smashp;=\342\250\263smeparsl;=\342\247\244smid;=\342\210\243"
    "smile;=\342\214\243smt;=\342\252\252smte;=\342\252\254smtes;=\342\252\254\357\270\200softcy;=\321\214sol;=/"
    "solb;=\342\247\204solbar;=\342\214\277sopf;=\360\235\225\244spades;=\342\231\240spadesuit;=\342\231\240"
    "spar;=\342\210\245sqcap;=\342\212\223sqcaps;=\342\212\223\357\270\200sqcup;=\342\212\224sqcups;=\342\212\224\357\270\200"
    "sqsub;=\342\212\217sqsube;=\342\212\221sqsubset;=\342\212\217sqsubseteq;=\342\212\221sqsup;=\342\212\220"
    "sqsupe;=\342\212\222sqsupset;=\342\212\220sqsupseteq;=\342\212\222squ;=\342\226\241square;=\342\226\241"
    "squarf;=\342\226\252squf;=\342\226\252srarr;=\342\206\222sscr;=\360\235\223\210ssetmn;=\342\210\226ssmile;=\342\214\243"
    "sstarf;=\342\213\206star;=\342\230\206starf;=\342\230\205straightepsilon;=\317\265straightphi;=\317\225strns;=\302\257"
    "sub;=\342\212\202subE;=\342\253\205subdot;=\342\252\275sube;=\342\212\206subedot;=\342\253\203submult;=\342\253\201"
    "subnE;=\342\253\213subne;=\342\212\212subplus;=\342\252\277subrarr;=\342\245\271subset;=\342\212\202"
    "subseteq;=\342\212\206subseteqq;=\342\253\205subsetneq;=\342\212\212subsetneqq;=\342\253\213subsim;=\342\253\207"
    "subsub;=\342\253\225subsup;=\342\253\223succ;=\342\211\273succapprox;=\342\252\270succcurlyeq;=\342\211\275"
    "succeq;=\342\252\260succnapprox;=\342\252\272succneqq;=\342\252\266succnsim;=\342\213\251succsim;=\342\211\277"
    "sum;=\342\210\221sung;=\342\231\252sup1=\302\271sup1;=\302\271sup2=\302\262sup2;=\302\262sup3=\302\263sup3;=\302\263"
    "sup;=\342\212\203supE;=\342\253\206supdot;=\342\252\276supdsub;=\342\253\230supe;=\342\212\207supedot;=\342\253\204"
    "suphsol;=\342\237\211suphsub;=\342\253\227suplarr;=\342\245\273supmult;=\342\253\202supnE;=\342\253\214"
    "supne;=\342\212\213supplus;=\342\253\200supset;=\342\212\203supseteq;=\342\212\207supseteqq;=\342\253\206"
    "supsetneq;=\342\212\213supsetneqq;=\342\253\214supsim;=\342\253\210supsub;=\342\253\224supsup;=\342\253\226"
    "swArr;=\342\207\231swarhk;=\342\244\246swarr;=\342\206\231swarrow;=\342\206\231swnwar;=\342\244\252szlig=\303\237"
    "szlig;=\303\237target;=\342\214\226tau;=\317\204tbrk;=\342\216\264tcaron;=\305\245tcedil;=\305\243tcy;=\321\202"
    "tdot;=\342\203\233telrec;=\342\214\225tfr;=\360\235\224\261there4;=\342\210\264therefore;=\342\210\264theta;=\316\270"
    "thetasym;=\317\221thetav;=\317\221thickapprox;=\342\211\210thicksim;=\342\210\274thinsp;=\342\200\211thkap;=\342\211\210"
    "thksim;=\342\210\274thorn=\303\276thorn;=\303\276tilde;=\313\234times=\303\227times;=\303\227timesb;=\342\212\240"
    "timesbar;=\342\250\261timesd;=\342\250\260tint;=\342\210\255toea;=\342\244\250top;=\342\212\244topbot;=\342\214\266"
    "topcir;=\342\253\261topf;=\360\235\225\245topfork;=\342\253\232tosa;=\342\244\251tprime;=\342\200\264trade;=\342\204\242"
    "triangle;=\342\226\265triangledown;=\342\226\277triangleleft;=\342\227\203trianglelefteq;=\342\212\264"
    "triangleq;=\342\211\234triangleright;=\342\226\271trianglerighteq;=\342\212\265tridot;=\342\227\254trie;=\342\211\234"
    "triminus;=\342\250\272triplus;=\342\250\271trisb;=\342\247\215tritime;=\342\250\273trpezium;=\342\217\242"
    "tscr;=\360\235\223\211tscy;=\321\206tshcy;=\321\233tstrok;=\305\247twixt;=\342\211\254twoheadleftarrow;=\342\206\236"
    "twoheadrightarrow;=\342\206\240uArr;=\342\207\221uHar;=\342\245\243uacute=\303\272uacute;=\303\272uarr;=\342\206\221"
    "ubrcy;=\321\236ubreve;=\305\255ucirc=\303\273ucirc;=\303\273ucy;=\321\203udarr;=\342\207\205udblac;=\305\261"
    "udhar;=\342\245\256ufisht;=\342\245\276ufr;=\360\235\224\262ugrave=\303\271ugrave;=\303\271uharl;=\342\206\277"
    "uharr;=\342\206\276uhblk;=\342\226\200ulcorn;=\342\214\234ulcorner;=\342\214\234ulcrop;=\342\214\217ultri;=\342\227\270"
    "umacr;=\305\253uml=\302\250uml;=\302\250uogon;=\305\263uopf;=\360\235\225\246uparrow;=\342\206\221"
    "updownarrow;=\342\206\225upharpoonleft;=\342\206\277upharpoonright;=\342\206\276uplus;=\342\212\216upsi;=\317\205"
    "upsih;=\317\222upsilon;=\317\205upuparrows;=\342\207\210urcorn;=\342\214\235urcorner;=\342\214\235urcrop;=\342\214\216"
    "uring;=\305\257urtri;=\342\227\271uscr;=\360\235\223\212utdot;=\342\213\260utilde;=\305\251utri;=\342\226\265"
    "utrif;=\342\226\264uuarr;=\342\207\210uuml=\303\274uuml;=\303\274uwangle;=\342\246\247vArr;=\342\207\225"
    "vBar;=\342\253\250vBarv;=\342\253\251vDash;=\342\212\250vangrt;=\342\246\234varepsilon;=\317\265varkappa;=\317\260"
    "varnothing;=\342\210\205varphi;=\317\225varpi;=\317\226varpropto;=\342\210\235varr;=\342\206\225varrho;=\317\261"
    "varsigma;=\317\202varsubsetneq;=\342\212\212\357\270\200varsubsetneqq;=\342\253\213\357\270\200"
    "varsupsetneq;=\342\212\213\357\270\200varsupsetneqq;=\342\253\214\357\270\200vartheta;=\317\221"
    "vartriangleleft;=\342\212\262vartriangleright;=\342\212\263vcy;=\320\262vdash;=\342\212\242vee;=\342\210\250"
    "veebar;=\342\212\273veeeq;=\342\211\232vellip;=\342\213\256verbar;=|vert;=|vfr;=\360\235\224\263vltri;=\342\212\262"
    "vnsub;=\342\212\202\342\203\222vnsup;=\342\212\203\342\203\222vopf;=\360\235\225\247vprop;=\342\210\235"
    "vrtri;=\342\212\263vscr;=\360\235\223\213vsubnE;=\342\253\213\357\270\200vsubne;=\342\212\212\357\270\200"
    "vsupnE;=\342\253\214\357\270\200vsupne;=\342\212\213\357\270\200vzigzag;=\342\246\232wcirc;=\305\265wedbar;=\342\251\237"
    "wedge;=\342\210\247wedgeq;=\342\211\231weierp;=\342\204\230wfr;=\360\235\224\264wopf;=\360\235\225\250wp;=\342\204\230"
    "wr;=\342\211\200wreath;=\342\211\200wscr;=\360\235\223\214xcap;=\342\213\202xcirc;=\342\227\257xcup;=\342\213\203"
    "xdtri;=\342\226\275xfr;=\360\235\224\265xhArr;=\342\237\272xharr;=\342\237\267xi;=\316\276xlArr;=\342\237\270"
    "xlarr;=\342\237\265xmap;=\342\237\274xnis;=\342\213\273xodot;=\342\250\200xopf;=\360\235\225\251xoplus;=\342\250\201"
    "xotime;=\342\250\202xrArr;=\342\237\271xrarr;=\342\237\266xscr;=\360\235\223\215xsqcup;=\342\250\206xuplus;=\342\250\204"
    "xutri;=\342\226\263xvee;=\342\213\201xwedge;=\342\213\200yacute=\303\275yacute;=\303\275yacy;=\321\217ycirc;=\305\267"
    "ycy;=\321\213yen=\302\245yen;=\302\245yfr;=\360\235\224\266yicy;=\321\227yopf;=\360\235\225\252yscr;=\360\235\223\216"
    "yucy;=\321\216yuml=\303\277yuml;=\303\277zacute;=\305\272zcaron;=\305\276zcy;=\320\267zdot;=\305\274zeetrf;=\342\204\250"
    "zeta;=\316\266zfr;=\360\235\224\267zhcy;=\320\266zigrarr;=\342\207\235zopf;=\360\235\225\253zscr;=\360\235\223\217"
    "zwj;=\342\200\215zwnj;=\342\200\214";

const uint16_t fl_entity_offsets[FL_ENTITIES + 1] = {
    0, 8, 17, 22, 28, 37, 47, 57, 65, 74, 81, 90, 99, 109, 118, 127,
    135, 144, 154, 172, 180, 189, 199, 210, 219, 229, 236, 244, 258, 267, 278, 285,
    297, 312, 320, 329, 339, 348, 357, 368, 376, 383, 391, 401, 409, 434, 446, 456,
    465, 475, 484, 496, 504, 515, 528, 536, 543, 557, 573, 588, 604, 633, 659, 679,
    689, 700, 714, 725, 745, 754, 768, 804, 814, 824, 832, 843, 850, 863, 871, 879,
    887, 898, 907, 917, 927, 934, 942, 951, 960, 980, 998, 1024, 1043, 1063, 1075, 1093,
    1103, 1110, 1121, 1134, 1160, 1173, 1193, 1213, 1238, 1256, 1280, 1309, 1334, 1355, 1374, 1392,
    1414, 1436, 1450, 1467, 1488, 1501, 1525, 1547, 1566, 1588, 1611, 1631, 1654, 1666, 1683, 1697,
    1707, 1717, 1724, 1730, 1737, 1746, 1756, 1766, 1774, 1783, 1790, 1798, 1807, 1816, 1826, 1838,
    1847, 1868, 1893, 1902, 1912, 1923, 1933, 1948, 1964, 1973, 1982, 1989, 1996, 2004, 2015, 2032,
    2039, 2048, 2070, 2096, 2106, 2117, 2132, 2141, 2149, 2153, 2158, 2167, 2177, 2187, 2197, 2206,
    2213, 2221, 2230, 2237, 2247, 2264, 2285, 2306, 2325, 2341, 2363, 2380, 2390, 2397, 2407, 2416,
    2422, 2431, 2439, 2456, 2465, 2484, 2493, 2503, 2520, 2534, 2542, 2551, 2559, 2568, 2578, 2586,
    2595, 2602, 2610, 2618, 2627, 2637, 2644, 2653, 2668, 2680, 2688, 2701, 2718, 2737, 2756, 2765,
    2775, 2783, 2792, 2802, 2811, 2818, 2826, 2835, 2842, 2851, 2861, 2871, 2881, 2890, 2898, 2906,
    2915, 2925, 2932, 2941, 2951, 2961, 2969, 2973, 2978, 2988, 2998, 3007, 3022, 3031, 3041, 3051,
    3058, 3079, 3093, 3110, 3134, 3150, 3172, 3194, 3213, 3235, 3249, 3268, 3288, 3300, 3317, 3335,
    3352, 3372, 3394, 3415, 3435, 3452, 3472, 3487, 3505, 3519, 3538, 3559, 3577, 3593, 3606, 3625,
    3639, 3648, 3655, 3670, 3680, 3698, 3721, 3740, 3758, 3781, 3800, 3810, 3829, 3849, 3858, 3866,
    3876, 3883, 3891, 3898, 3914, 3928, 3937, 3951, 3961, 3970, 3976, 3984, 3994, 4004, 4014, 4021,
    4045, 4068, 4090, 4116, 4141, 4160, 4170, 4179, 4191, 4211, 4220, 4228, 4245, 4259, 4284, 4299,
    4312, 4332, 4346, 4361, 4381, 4407, 4431, 4450, 4477, 4497, 4519, 4538, 4558, 4583, 4608, 4620,
    4637, 4656, 4674, 4698, 4715, 4745, 4769, 4785, 4808, 4834, 4856, 4877, 4903, 4929, 4951, 4976,
    5000, 5027, 5044, 5063, 5079, 5102, 5128, 5151, 5170, 5191, 5204, 5222, 5244, 5262, 5281, 5291,
    5300, 5310, 5316, 5325, 5334, 5344, 5352, 5361, 5368, 5378, 5387, 5396, 5406, 5415, 5424, 5435,
    5445, 5470, 5489, 5496, 5506, 5515, 5525, 5534, 5544, 5555, 5562, 5570, 5582, 5596, 5612, 5632,
    5645, 5652, 5661, 5668, 5674, 5687, 5705, 5714, 5721, 5734, 5752, 5775, 5793, 5803, 5815, 5830,
    5847, 5857, 5864, 5870, 5877, 5886, 5895, 5905, 5915, 5921, 5928, 5938, 5947, 5956, 5967, 5977,
    5987, 5994, 6001, 6020, 6043, 6068, 6076, 6083, 6105, 6120, 6138, 6162, 6179, 6202, 6225, 6245,
    6268, 6283, 6296, 6314, 6333, 6351, 6372, 6395, 6417, 6438, 6456, 6477, 6493, 6512, 6527, 6536,
    6553, 6569, 6578, 6586, 6602, 6612, 6620, 6630, 6640, 6647, 6657, 6667, 6676, 6683, 6692, 6711,
    6730, 6750, 6767, 6776, 6792, 6802, 6811, 6822, 6845, 6862, 6884, 6903, 6927, 6943, 6953, 6962,
    6970, 6981, 6997, 7010, 7028, 7051, 7069, 7082, 7090, 7098, 7111, 7129, 7140, 7148, 7157, 7167,
    7176, 7184, 7190, 7197, 7207, 7217, 7224, 7233, 7247, 7256, 7274, 7288, 7298, 7313, 7332, 7347,
    7357, 7371, 7381, 7391, 7400, 7410, 7419, 7432, 7441, 7451, 7459, 7468, 7475, 7485, 7494, 7503,
    7513, 7522, 7533, 7548, 7565, 7586, 7596, 7610, 7619, 7629, 7641, 7656, 7677, 7693, 7711, 7721,
    7736, 7748, 7764, 7783, 7803, 7811, 7822, 7831, 7841, 7851, 7858, 7866, 7876, 7885, 7892, 7902,
    7913, 7921, 7932, 7941, 7957, 7972, 7994, 8012, 8030, 8039, 8049, 8059, 8070, 8079, 8089, 8098,
    8108, 8118, 8127, 8133, 8143, 8153, 8161, 8169, 8177, 8186, 8196, 8205, 8212, 8221, 8231, 8241,
    8249, 8257, 8267, 8277, 8284, 8292, 8311, 8319, 8327, 8336, 8346, 8355, 8365, 8375, 8382, 8392,
    8400, 8408, 8417, 8425, 8434, 8441, 8449, 8458, 8465, 8474, 8483, 8493, 8505, 8515, 8524, 8533,
    8543, 8548, 8554, 8562, 8573, 8582, 8595, 8604, 8612, 8621, 8631, 8642, 8655, 8668, 8681, 8694,
    8707, 8720, 8733, 8746, 8756, 8768, 8781, 8792, 8801, 8813, 8822, 8832, 8839, 8847, 8858, 8866,
    8875, 8882, 8893, 8906, 8914, 8923, 8933, 8939, 8949, 8961, 8970, 8980, 8987, 8995, 9008, 9018,
    9027, 9040, 9055, 9069, 9081, 9095, 9106, 9117, 9130, 9139, 9152, 9162, 9169, 9179, 9190, 9202,
    9214, 9223, 9234, 9242, 9251, 9263, 9272, 9283, 9295, 9306, 9318, 9331, 9345, 9358, 9370, 9390,
    9408, 9421, 9432, 9445, 9456, 9473, 9489, 9507, 9529, 9551, 9574, 9584, 9594, 9604, 9614, 9624,
    9633, 9648, 9657, 9667, 9675, 9686, 9697, 9707, 9717, 9727, 9737, 9746, 9756, 9766, 9776, 9786,
    9796, 9806, 9816, 9826, 9835, 9845, 9855, 9865, 9875, 9885, 9895, 9906, 9916, 9926, 9936, 9946,
    9955, 9965, 9975, 9985, 9995, 10008, 10020, 10033, 10043, 10053, 10063, 10073, 10082, 10092, 10102, 10112,
    10122, 10132, 10142, 10153, 10162, 10171, 10181, 10191, 10201, 10210, 10220, 10227, 10237, 10250, 10259, 10270,
    10279, 10289, 10299, 10310, 10320, 10328, 10339, 10352, 10363, 10374, 10385, 10397, 10407, 10416, 10426, 10436,
    10445, 10455, 10464, 10474, 10486, 10494, 10502, 10511, 10523, 10530, 10538, 10551, 10560, 10568, 10578, 10592,
    10599, 10607, 10616, 10624, 10635, 10655, 10676, 10688, 10701, 10716, 10732, 10748, 10757, 10770, 10781, 10793,
    10803, 10816, 10824, 10835, 10847, 10855, 10864, 10873, 10884, 10899, 10913, 10922, 10934, 10945, 10955, 10966,
    10973, 10981, 10992, 11002, 11012, 11022, 11031, 11041, 11050, 11060, 11070, 11082, 11094, 11104, 11114, 11125,
    11137, 11145, 11158, 11169, 11180, 11191, 11201, 11213, 11224, 11236, 11252, 11268, 11281, 11296, 11305, 11315,
    11334, 11354, 11364, 11374, 11387, 11397, 11408, 11417, 11426, 11437, 11448, 11457, 11466, 11476, 11488, 11497,
    11507, 11514, 11521, 11533, 11543, 11555, 11561, 11568, 11577, 11589, 11600, 11609, 11619, 11629, 11638, 11650,
    11666, 11676, 11683, 11694, 11704, 11711, 11720, 11730, 11748, 11759, 11767, 11778, 11789, 11798, 11808, 11815,
    11825, 11838, 11851, 11863, 11877, 11896, 11910, 11929, 11949, 11970, 11983, 11994, 12005, 12015, 12023, 12032,
    12042, 12052, 12061, 12071, 12081, 12091, 12103, 12111, 12124, 12134, 12143, 12152, 12162, 12173, 12183, 12192,
    12200, 12209, 12220, 12227, 12235, 12242, 12252, 12261, 12268, 12277, 12287, 12295, 12306, 12313, 12326, 12334,
    12342, 12353, 12362, 12372, 12385, 12396, 12407, 12418, 12427, 12434, 12443, 12452, 12462, 12471, 12482, 12492,
    12500, 12511, 12520, 12531, 12543, 12553, 12568, 12584, 12593, 12604, 12614, 12626, 12639, 12649, 12659, 12668,
    12678, 12687, 12694, 12700, 12707, 12714, 12722, 12731, 12738, 12748, 12764, 12781, 12799, 12806, 12817, 12828,
    12838, 12849, 12858, 12868, 12877, 12886, 12896, 12906, 12914, 12924, 12935, 12944, 12954, 12967, 12976, 12986,
    12997, 13006, 13016, 13027, 13038, 13049, 13060, 13071, 13080, 13090, 13101, 13112, 13123, 13134, 13145, 13156,
    13166, 13176, 13186, 13193, 13201, 13211, 13220, 13230, 13238, 13248, 13257, 13264, 13272, 13279, 13287, 13295,
    13304, 13317, 13325, 13335, 13346, 13358, 13371, 13383, 13394, 13403, 13410, 13418, 13428, 13436, 13443, 13451,
    13459, 13467, 13475, 13484, 13497, 13505, 13514, 13524, 13534, 13544, 13552, 13561, 13570, 13580, 13590, 13594,
    13599, 13608, 13618, 13628, 13639, 13651, 13665, 13676, 13687, 13701, 13716, 13728, 13739, 13756, 13768, 13777,
    13788, 13796, 13807, 13817, 13826, 13838, 13848, 13857, 13866, 13877, 13891, 13902, 13913, 13922, 13935, 13948,
    13958, 13969, 13987, 14006, 14016, 14027, 14037, 14048, 14058, 14069, 14080, 14089, 14099, 14106, 14114, 14123,
    14130, 14138, 14146, 14155, 14163, 14172, 14181, 14191, 14198, 14209, 14219, 14230, 14240, 14249, 14258, 14268,
    14281, 14294, 14303, 14312, 14321, 14328, 14339, 14349, 14362, 14372, 14380, 14391, 14404, 14417, 14430, 14442,
    14450, 14459, 14469, 14477, 14487, 14496, 14506, 14516, 14525, 14535, 14547, 14557, 14568, 14578, 14585, 14595,
    14604, 14611, 14619, 14628, 14635, 14644, 14653, 14663, 14673, 14683, 14692, 14701, 14711, 14721, 14728, 14737,
    14747, 14755, 14763, 14773, 14783, 14793, 14802, 14813, 14823, 14830, 14838, 14847, 14857, 14870, 14881, 14891,
    14900, 14910, 14921, 14929, 14937, 14946, 14955, 14965, 14977, 14988, 14999, 15010, 15021, 15033, 15044, 15052,
    15063, 15072, 15085, 15095, 15105, 15114, 15123, 15133, 15145, 15157, 15167, 15177, 15187, 15194, 15201, 15210,
    15220, 15231, 15243, 15256, 15265, 15272, 15286, 15304, 15324, 15342, 15361, 15380, 15400, 15422, 15446, 15465,
    15473, 15481, 15490, 15503, 15511, 15521, 15532, 15544, 15557, 15569, 15580, 15595, 15607, 15621, 15636, 15648,
    15660, 15671, 15682, 15691, 15698, 15706, 15716, 15726, 15737, 15747, 15755, 15762, 15772, 15785, 15796, 15806,
    15816, 15827, 15842, 15850, 15859, 15872, 15880, 15889, 15899, 15909, 15919, 15929, 15939, 15957, 15980, 15995,
    16014, 16032, 16051, 16061, 16071, 16082, 16094, 16105, 16114, 16122, 16134, 16143, 16150, 16161, 16171, 16184,
    16194, 16205, 16213, 16223, 16234, 16244, 16252, 16261, 16271, 16281, 16288, 16298, 16309, 16319, 16323, 16328,
    16337, 16347, 16357, 16368, 16379, 16390, 16402, 16413, 16422, 16432, 16442, 16455, 16467, 16484, 16496, 16506,
    16513, 16521, 16530, 16539, 16551, 16559, 16570, 16585, 16600, 16613, 16624, 16635, 16642, 16652, 16670, 16679,
    16687, 16695, 16704, 16712, 16721, 16732, 16741, 16751, 16761, 16772, 16783, 16795, 16804, 16813, 16824, 16835,
    16845, 16852, 16862, 16873, 16879, 16892, 16902, 16912, 16923, 16934, 16949, 16969, 16979, 16990, 17001, 17017,
    17028, 17039, 17049, 17059, 17071, 17079, 17090, 17102, 17111, 17123, 17133, 17145, 17158, 17165, 17173, 17185,
    17198, 17207, 17217, 17227, 17237, 17252, 17261, 17268, 17278, 17285, 17295, 17306, 17316, 17328, 17340, 17351,
    17362, 17374, 17385, 17397, 17406, 17416, 17424, 17433, 17445, 17461, 17472, 17482, 17490, 17499, 17509, 17519,
    17529, 17536, 17544, 17553, 17561, 17569, 17579, 17589, 17599, 17608, 17616, 17631, 17651, 17660, 17672, 17688,
    17699, 17709, 17719, 17727, 17737, 17748, 17757, 17767, 17773, 17780, 17790, 17803, 17818, 17830, 17842, 17854,
    17864, 17876, 17888, 17900, 17909, 17923, 17937, 17949, 17961, 17969, 17980, 17991, 18001, 18015, 18025, 18035,
    18048, 18061, 18077, 18087, 18098, 18106, 18117, 18128, 18138, 18152, 18171, 18180, 18190, 18201, 18211, 18221,
    18233, 18245, 18254, 18266, 18276, 18291, 18305, 18322, 18332, 18346, 18355, 18367, 18377, 18392, 18406, 18423,
    18432, 18441, 18451, 18460, 18478, 18498, 18517, 18538, 18544, 18550, 18561, 18571, 18582, 18593, 18605, 18616,
    18628, 18638, 18650, 18661, 18673, 18683, 18698, 18709, 18724, 18737, 18747, 18758, 18768, 18780, 18791, 18798,
    18807, 18817, 18826, 18835, 18843, 18852, 18859, 18869, 18879, 18888, 18897, 18908, 18917, 18927, 18936, 18944,
    18953, 18963, 18971, 18981, 18988, 18997, 19007, 19017, 19029, 19039, 19047, 19056, 19065, 19076, 19085, 19096,
    19106, 19115, 19125, 19135, 19142, 19152, 19160, 19170, 19182, 19189, 19197, 19204, 19212, 19223, 19232, 19244,
    19252, 19261, 19270, 19280, 19289, 19298, 19308, 19319, 19332, 19339, 19347, 19357, 19365, 19372, 19380, 19393,
    19404, 19414, 19423, 19430, 19439, 19448, 19459, 19468, 19480, 19489, 19496, 19504, 19515, 19525, 19531, 19545,
    19552, 19563, 19575, 19586, 19593, 19606, 19616, 19628, 19639, 19650, 19660, 19669, 19679, 19691, 19703, 19709,
    19722, 19732, 19740, 19749, 19756, 19764, 19773, 19783, 19791, 19800, 19815, 19831, 19842, 19858, 19871, 19884,
    19896, 19906, 19917, 19926, 19936, 19947, 19956, 19969, 19982, 19995, 20004, 20015, 20025, 20036, 20046, 20053,
    20064, 20073, 20082, 20092, 20103, 20113, 20129, 20141, 20149, 20161, 20167, 20174, 20184, 20193, 20204, 20214,
    20223, 20234, 20244, 20254, 20267, 20276, 20286, 20296, 20307, 20315, 20324, 20333, 20344, 20354, 20366, 20376,
    20387, 20398, 20409, 20420, 20432, 20443, 20453, 20464, 20474, 20488, 20498, 20508, 20517, 20526, 20536, 20548,
    20560, 20570, 20580, 20590, 20597, 20604, 20613, 20625, 20635, 20646, 20655, 20664, 20676, 20689, 20699, 20708,
    20714, 20721, 20732, 20743, 20752, 20762, 20772, 20783, 20790, 20798, 20813, 20832, 20853, 20872, 20892, 20914,
    20935, 20955, 20975, 20983, 21000, 21010, 21020, 21028, 21039, 21054, 21064, 21074, 21084, 21094, 21104, 21114,
    21125, 21137, 21144, 21155, 21168, 21178, 21189, 21199, 21207, 21214, 21224, 21235, 21246, 21257, 21266, 21276,
    21286, 21299, 21311, 21318, 21328, 21338, 21345, 21353, 21362, 21372, 21382, 21390, 21400, 21409, 21418, 21428,
    21439, 21452, 21462, 21469, 21478, 21488, 21498, 21508, 21519, 21529, 21541, 21548, 21556, 21563, 21574, 21587,
    21597, 21606, 21615, 21626, 21636, 21646, 21654, 21667, 21685, 21691, 21698, 21707, 21717, 21727, 21735, 21746,
    21755, 21765, 21774, 21784, 21793, 21803, 21813, 21825, 21837, 21847, 21865, 21876, 21889, 21898, 21908, 21916,
    21925, 21938, 21948, 21954, 21963, 21974, 21984, 21995, 22009, 22018, 22028, 22042, 22052, 22066, 22076, 22087,
    22100, 22115, 22125, 22136, 22149, 22164, 22172, 22183, 22194, 22203, 22213, 22223, 22234, 22245, 22256, 22265,
    22275, 22294, 22309, 22318, 22326, 22335, 22346, 22355, 22367, 22379, 22389, 22399, 22411, 22423, 22434, 22447,
    22461, 22475, 22490, 22501, 22512, 22523, 22532, 22547, 22563, 22574, 22590, 22603, 22616, 22628, 22636, 22645,
    22652, 22660, 22667, 22675, 22682, 22690, 22698, 22707, 22718, 22730, 22739, 22751, 22763, 22775, 22787, 22799,
    22809, 22819, 22831, 22842, 22855, 22869, 22883, 22898, 22909, 22920, 22931, 22941, 22952, 22962, 22974, 22985,
    22993, 23002, 23013, 23020, 23029, 23039, 23049, 23056, 23065, 23076, 23085, 23096, 23110, 23119, 23131, 23141,
    23157, 23170, 23181, 23191, 23202, 23210, 23219, 23228, 23236, 23245, 23256, 23269, 23280, 23289, 23298, 23306,
    23317, 23328, 23338, 23350, 23359, 23370, 23380, 23393, 23410, 23427, 23446, 23460, 23478, 23498, 23509, 23518,
    23531, 23543, 23553, 23565, 23578, 23588, 23596, 23605, 23615, 23625, 23646, 23668, 23677, 23686, 23695, 23705,
    23714, 23723, 23733, 23741, 23750, 23757, 23767, 23777, 23787, 23798, 23807, 23816, 23826, 23836, 23846, 23856,
    23867, 23880, 23891, 23901, 23910, 23916, 23923, 23932, 23942, 23954, 23970, 23988, 24007, 24017, 24025, 24034,
    24045, 24060, 24071, 24084, 24095, 24104, 24114, 24124, 24134, 24144, 24153, 24163, 24173, 24180, 24188, 24200,
    24209, 24218, 24228, 24238, 24249, 24263, 24275, 24290, 24300, 24309, 24323, 24332, 24342, 24354, 24374, 24395,
    24415, 24436, 24448, 24468, 24489, 24496, 24506, 24514, 24525, 24535, 24546, 24555, 24562, 24571, 24581, 24594,
    24607, 24617, 24627, 24637, 24647, 24661, 24675, 24689, 24703, 24715, 24724, 24735, 24745, 24756, 24767, 24776,
    24786, 24793, 24800, 24811, 24821, 24830, 24840, 24849, 24859, 24868, 24878, 24888, 24894, 24904, 24914, 24923,
    24932, 24942, 24952, 24963, 24974, 24984, 24994, 25004, 25015, 25026, 25036, 25045, 25056, 25065, 25075, 25083,
    25092, 25099, 25105, 25112, 25121, 25129, 25139, 25149, 25157, 25164, 25172, 25182, 25192, 25199, 25207, 25218,
    25226, 25235, 25243, 25255, 25265, 25275, 25283, 25292,
};
