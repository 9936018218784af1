/* The words for dates of whoever asks now. */
#pragma once
#include <fleche/format.h>

const fl_date_words *fl_date_words_here_(void);
