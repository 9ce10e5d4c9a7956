/*
 * The wall tile as plain C makes it with libjpeg-turbo: decode to Y, Cb, Cr planes at the smallest
 * scale that covers the tile, average them down to its size, encode at quality 75. Prints the
 * processor nanoseconds of one tile, the mean of the rounds after a warm-up, and leaves the last
 * tile in OUT.
 *
 *   cc -O3 -march=native -o tile tile.c -lturbojpeg && ./tile IN WIDTH HEIGHT ROUNDS OUT
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <turbojpeg.h>

static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, tjGetErrorStr());
  exit(1);
}

/* For each target place: the first source place and 16-bit weights of those it covers. */
typedef struct {
  int taps;
  int *start;
  unsigned *weights;
} Axis;

static Axis axis(int from, int to) {
  Axis axis;
  double ratio = (double)from / to;
  axis.taps = (int)ceil(ratio) + 1;
  axis.start = malloc(sizeof(int) * to);
  axis.weights = calloc((size_t)to * axis.taps, sizeof(unsigned));
  for (int i = 0; i < to; i++) {
    double begin = i * ratio, end = begin + ratio;
    int first = (int)begin;
    if (first + axis.taps > from) first = from - axis.taps > 0 ? from - axis.taps : 0;
    axis.start[i] = first;
    unsigned sum = 0;
    int largest = 0;
    for (int tap = 0; tap < axis.taps && first + tap < from; tap++) {
      double covered = fmin(end, first + tap + 1) - fmax(begin, first + tap);
      unsigned weight = covered > 0 ? (unsigned)(covered / ratio * 65536 + 0.5) : 0;
      axis.weights[i * axis.taps + tap] = weight;
      sum += weight;
      if (weight > axis.weights[i * axis.taps + largest]) largest = tap;
    }
    axis.weights[i * axis.taps + largest] += 65536 - sum;
  }
  return axis;
}

static void shrink(const unsigned char *from, int width, unsigned char *to, int columns, int rows,
                   const Axis *x, const Axis *y, unsigned *row) {
  for (int j = 0; j < rows; j++) {
    memset(row, 0, sizeof(unsigned) * width);
    for (int tap = 0; tap < y->taps; tap++) {
      unsigned weight = y->weights[j * y->taps + tap] >> 4;
      if (weight == 0) continue;
      const unsigned char *line = from + (size_t)(y->start[j] + tap) * width;
      for (int i = 0; i < width; i++) row[i] += weight * line[i];
    }
    for (int i = 0; i < columns; i++) {
      unsigned long long sum = 0;
      const unsigned *weights = x->weights + i * x->taps;
      const unsigned *place = row + x->start[i];
      for (int tap = 0; tap < x->taps; tap++) sum += (unsigned long long)weights[tap] * place[tap];
      unsigned long long value = (sum + (1u << 27)) >> 28;
      to[(size_t)j * columns + i] = value > 255 ? 255 : (unsigned char)value;
    }
  }
}

int main(int count, char **arguments) {
  if (count != 6) return 2;
  int width = atoi(arguments[2]), height = atoi(arguments[3]), rounds = atoi(arguments[4]);
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  long bytes = ftell(file);
  rewind(file);
  unsigned char *jpeg = malloc(bytes);
  if (fread(jpeg, 1, bytes, file) != (size_t)bytes) return 1;
  fclose(file);

  tjhandle decoder = tjInitDecompress(), encoder = tjInitCompress();
  int w, h, sampling, space;
  if (tjDecompressHeader3(decoder, jpeg, bytes, &w, &h, &sampling, &space)) fail("header");
  int shift = 0;
  while (shift < 3 && ((w + (2 << shift) - 1) >> (shift + 1)) >= width &&
         ((h + (2 << shift) - 1) >> (shift + 1)) >= height)
    shift++;
  int sw = (w + (1 << shift) - 1) >> shift, sh = (h + (1 << shift) - 1) >> shift;
  unsigned char *big[3], *small[3];
  int bigStrides[3], smallStrides[3];
  Axis xs[3], ys[3];
  for (int i = 0; i < 3; i++) {
    bigStrides[i] = tjPlaneWidth(i, sw, sampling);
    big[i] = malloc((size_t)bigStrides[i] * tjPlaneHeight(i, sh, sampling) + 64);
    smallStrides[i] = tjPlaneWidth(i, width, TJSAMP_420);
    small[i] = malloc((size_t)smallStrides[i] * tjPlaneHeight(i, height, TJSAMP_420) + 64);
    xs[i] = axis(bigStrides[i], smallStrides[i]);
    ys[i] = axis(tjPlaneHeight(i, sh, sampling), tjPlaneHeight(i, height, TJSAMP_420));
  }
  unsigned *row = malloc(sizeof(unsigned) * (sw + 64));
  unsigned long size = tjBufSize(width, height, TJSAMP_420);
  unsigned char *tile = tjAlloc(size);
  unsigned long made = 0;
  struct timespec began, ended;
  for (int round = -3; round < rounds; round++) {
    if (round == 0) clock_gettime(CLOCK_THREAD_CPUTIME_ID, &began);
    if (tjDecompressToYUVPlanes(decoder, jpeg, bytes, big, sw, bigStrides, sh, 0)) fail("decode");
    for (int i = 0; i < 3; i++)
      shrink(big[i], bigStrides[i], small[i], smallStrides[i],
             tjPlaneHeight(i, height, TJSAMP_420), &xs[i], &ys[i], row);
    made = size;
    if (tjCompressFromYUVPlanes(encoder, (const unsigned char **)small, width, smallStrides, height,
                                TJSAMP_420, &tile, &made, 75, TJFLAG_NOREALLOC))
      fail("encode");
  }
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ended);
  double nanos = (ended.tv_sec - began.tv_sec) * 1e9 + (ended.tv_nsec - began.tv_nsec);
  printf("%.0f\n", nanos / rounds);
  file = fopen(arguments[5], "wb");
  fwrite(tile, 1, made, file);
  fclose(file);
  return 0;
}
