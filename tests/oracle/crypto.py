#!/usr/bin/python3
"""Prints tests/data/crypto.tsv: hashes, HMACs and derived keys by Python's hashlib and hmac, of inputs that a counter makes.

One vector a line, fields apart by tabs. bytes(n, seed) is the sequence (seed + 7 * i) & 0xFF of n bytes; results in hex.
  hash NAME size seed result
  hmac NAME key-size key-seed size seed result
  pbkdf2 NAME password-size seed salt-size seed iterations result
  scrypt password-size seed salt-size seed n r p result
"""
import hashlib
import hmac

def data(size, seed):
    return bytes((seed + 7 * i) & 0xFF for i in range(size))

NAMES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
print("# Python's hashlib and hmac: made by tests/oracle/crypto.py")
for name in NAMES:
    for size in (0, 1, 3, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000, 70000):
        print("hash", name, size, 1, hashlib.new(name, data(size, 1)).hexdigest(), sep="\t")
    for key in (0, 1, 20, 63, 64, 65, 127, 128, 129, 300):
        for size in (0, 28, 64, 200):
            print("hmac", name, key, 3, size, 5, hmac.new(data(key, 3), data(size, 5), name).hexdigest(), sep="\t")
    for password, salt, iterations, size in ((8, 4, 1, 20), (0, 8, 2, 64), (100, 16, 1000, 32), (12, 0, 3, 100)):
        print("pbkdf2", name, password, 9, salt, 11, iterations,
              hashlib.pbkdf2_hmac(name, data(password, 9), data(salt, 11), iterations, size).hex(), sep="\t")
for password, salt, n, r, p, size in ((8, 4, 16, 1, 1, 64), (0, 0, 16, 1, 1, 64), (13, 14, 1024, 8, 1, 32), (20, 16, 64, 8, 4,
        40)):
    print("scrypt", password, 9, salt, 11, n, r, p,
          hashlib.scrypt(data(password, 9), salt=data(salt, 11), n=n, r=r, p=p, dklen=size).hex(), sep="\t")
