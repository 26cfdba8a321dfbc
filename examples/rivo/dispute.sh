#!/bin/sh
# The whole course of a dispute on the example's models: run in a folder that holds them as `models/`.
set -eu
parents="--candidate nimbus=models/nimbus --candidate basalt=models/basalt"
echo "That was the wrong upload; models/cirrus is the right one." > answer.md
echo "Audited again: see the digest." > reply.md

parentage keys make auditor && parentage keys make publisher
parentage audit models/rivo $parents --out case && parentage sign case --key auditor
parentage verify case && parentage replicate case --fraction 0.1
rm -r models/rivo                                 # the weights are taken down
parentage replicate case || test $? -eq 3         # says what is left, and how strong it is
parentage respond case --file answer.md --kind dispute --finding replay --by Rivo --key publisher
parentage audit models/cirrus $parents --out again && parentage sign again --key auditor
again=$(parentage verify again --json | sed -n 's/.*"digest": "\(.*\)".*/\1/p' | head -1)
parentage respond case --file reply.md --kind answer --to 1 --role auditor --by Auditor --key auditor --reaudit "$again"
parentage report case && parentage pack case case.zip
