#!/bin/sh
# Both readers, from encoder weights to int8 ONNX with their labels: sh training/reader/make.sh SHARED ENCODERS [SCRATCH]
# ENCODERS holds MiniLM/ and mpnet/ (training/reader/README.md says how they get there). Every step can be cut off and
# started again: training goes on from its last checkpoint. DEVICE=cuda for a GPU; TEACHERS=1 fits a night of two cores.
set -eu
DATA=$1 ENCODERS=$2 SCRATCH=${3:-/tmp/dateline-reader} DEVICE=${DEVICE:-cpu} TEACHERS=${TEACHERS:-3}
LARGE=large/dateline_large/weights/reader DEFAULT=dateline/weights/reader
train() { python -m training.reader.train --device "$DEVICE" --examples "$SCRATCH" --budget 900 --cuts 2 "$@"; }

python -m training.reader.examples --data "$DATA" --out "$SCRATCH" --pool 4500
checkpoints=
for seed in $(seq "$TEACHERS"); do
  train --encoder "$ENCODERS/mpnet" --layers 9 --seed "$seed" --epochs 3 --out "$SCRATCH/teacher$seed"
  checkpoints="$checkpoints $SCRATCH/teacher$seed/checkpoint.pt"
done
# shellcheck disable=SC2086 # one word a checkpoint
python -m training.reader.teach --device "$DEVICE" --encoder "$ENCODERS/mpnet" --layers 9 --teacher $checkpoints \
  --examples "$SCRATCH"
train --encoder "$ENCODERS/mpnet" --layers 9 --start "$SCRATCH/teacher1/checkpoint.pt" --rate 4e-5 --epochs 1 \
  --taught "$SCRATCH" --parts 3 --seed 4 --out "$SCRATCH/large"
train --encoder "$ENCODERS/MiniLM" --rate 1.5e-4 --epochs 1 --taught "$SCRATCH" --parts 3 --out "$SCRATCH/begun"
train --encoder "$ENCODERS/MiniLM" --start "$SCRATCH/begun/checkpoint.pt" --rate 1e-4 --epochs 2 --out "$SCRATCH/default"
python -m training.reader.refit --encoder "$ENCODERS/mpnet" --layers 9 --checkpoint "$SCRATCH/large/checkpoint.pt" --examples "$SCRATCH"
python -m training.reader.refit --encoder "$ENCODERS/MiniLM" --checkpoint "$SCRATCH/default/checkpoint.pt" --examples "$SCRATCH"

python -m training.reader.export --encoder "$ENCODERS/mpnet" --layers 9 --checkpoint "$SCRATCH/large/checkpoint.pt" \
  --examples "$SCRATCH" --to "$LARGE" --split 0
python -m training.reader.export --encoder "$ENCODERS/MiniLM" --checkpoint "$SCRATCH/default/checkpoint.pt" \
  --examples "$SCRATCH" --to "$DEFAULT"
for size in large default; do
  if [ $size = large ]; then folder=$LARGE; else folder=$DEFAULT; fi
  python -m training.reader.weigh --data "$DATA" --weights "$folder"
  python -m training.reader.card --size $size --to "$folder" --log "$SCRATCH/$size/log.jsonl"
  python -m training.places.head --data "$DATA" --reader $size # the head of names, into the reader that is installed
done
python -m training.places.fit_belief --data "$DATA"

# What 8 bits cost: claim F1 on the held-out reports in fp32, then as it ships; no more than a point may lie between.
python -m training.reader.export --encoder "$ENCODERS/mpnet" --layers 9 --checkpoint "$SCRATCH/large/checkpoint.pt" \
  --examples "$SCRATCH" --to "$SCRATCH/large/plain" --plain
python -m training.reader.export --encoder "$ENCODERS/MiniLM" --checkpoint "$SCRATCH/default/checkpoint.pt" \
  --examples "$SCRATCH" --to "$SCRATCH/default/plain" --plain
cp "$LARGE/claim_weights.json" "$SCRATCH/large/plain/"
cp "$DEFAULT/claim_weights.json" "$SCRATCH/default/plain/"
for folder in "$SCRATCH/large/plain" "$LARGE" "$SCRATCH/default/plain" "$DEFAULT"; do
  python -m training.reader.heldout --data "$DATA" --weights "$folder"
done
