#!/bin/sh
# Both readers, from encoder weights to int8 ONNX with their labels: sh training/reader/make.sh SHARED ENCODERS [SCRATCH]
# ENCODERS holds MiniLM/ and mpnet/ (training/reader/README.md says how they get there). Every step can be cut off and
# started again: training goes on from its last checkpoint.
set -eu
DATA=$1 ENCODERS=$2 SCRATCH=${3:-/tmp/dateline-reader}
LARGE=large/dateline_large/weights/reader DEFAULT=dateline/weights/reader

python -m training.reader.examples --data "$DATA" --out "$SCRATCH"
python -m training.reader.train --encoder "$ENCODERS/mpnet" --layers 9 --frozen 5 --epochs 6 --examples "$SCRATCH" \
  --out "$SCRATCH/large"
python -m training.reader.export --encoder "$ENCODERS/mpnet" --layers 9 --checkpoint "$SCRATCH/large/checkpoint.pt" \
  --examples "$SCRATCH" --to "$LARGE" --split 5
python -m training.reader.distil --data "$DATA" --teacher-encoder "$ENCODERS/mpnet" \
  --teacher "$SCRATCH/large/checkpoint.pt" --encoder "$ENCODERS/MiniLM" --examples "$SCRATCH" --pool 700 --epochs 6 \
  --rate 1e-4 --out "$SCRATCH/default"
python -m training.reader.export --encoder "$ENCODERS/MiniLM" --checkpoint "$SCRATCH/default/checkpoint.pt" \
  --examples "$SCRATCH" --to "$DEFAULT"
for size in large default; do
  if [ $size = large ]; then folder=$LARGE; else folder=$DEFAULT; fi
  python -m training.reader.weigh --data "$DATA" --weights "$folder"
  python -m training.reader.card --size $size --to "$folder" --log "$SCRATCH/$size/log.jsonl"
done

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
