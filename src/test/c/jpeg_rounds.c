/*
 * The C side of DctBenchmark: does one job on one picture as libjpeg-turbo does it best, as often as
 * asked on standard input, and answers with the nanoseconds of CPU that each time took.
 *
 *   jpeg_rounds eighth FILE                       1/8 decode to grey
 *   jpeg_rounds tile FILE WIDTH HEIGHT QUALITY    scaled decode to YUV planes, area, encode
 *   jpeg_rounds reencode FILE QUALITY             decode to YUV planes, encode
 *
 * Build: gcc -O3 -march=native -o jpeg_rounds jpeg_rounds.c -ljpeg     (Debian: libjpeg-dev)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <jpeglib.h>

static unsigned char *file;
static unsigned long file_bytes;
static unsigned char *out;
static unsigned long out_bytes;

typedef struct {
  int width, height, stride;
  unsigned char *samples;
} plane;

static plane decoded[3], scaled[3];

static void size_plane(plane *p, int width, int height) {
  p->width = width;
  p->height = height;
  p->stride = (width + 63) / 32 * 32;
  if (!p->samples) p->samples = malloc((size_t)p->stride * (height + 32));
}

static void eighth(void) {
  static unsigned char *grey;
  struct jpeg_decompress_struct d;
  struct jpeg_error_mgr errors;
  d.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&d);
  jpeg_mem_src(&d, file, file_bytes);
  jpeg_read_header(&d, TRUE);
  d.scale_num = 1;
  d.scale_denom = 8;
  d.out_color_space = JCS_GRAYSCALE;
  jpeg_start_decompress(&d);
  if (!grey) grey = malloc((size_t)d.output_width * d.output_height);
  while (d.output_scanline < d.output_height) {
    JSAMPROW row = grey + (size_t)d.output_scanline * d.output_width;
    jpeg_read_scanlines(&d, &row, 1);
  }
  jpeg_finish_decompress(&d);
  jpeg_destroy_decompress(&d);
}

/* The smallest of 1/1, 1/2, 1/4, 1/8 that covers the size. */
static int denominator(int width, int height, int wanted_width, int wanted_height) {
  int by = 8;
  while (by > 1 && ((width + by - 1) / by < wanted_width || (height + by - 1) / by < wanted_height))
    by /= 2;
  return by;
}

static void decode_planes(int wanted_width, int wanted_height) {
  struct jpeg_decompress_struct d;
  struct jpeg_error_mgr errors;
  JSAMPROW rows[3][64];
  JSAMPARRAY planes[3];
  d.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&d);
  jpeg_mem_src(&d, file, file_bytes);
  jpeg_read_header(&d, TRUE);
  d.raw_data_out = TRUE;
  d.do_fancy_upsampling = FALSE;
  d.scale_num = 1;
  d.scale_denom = wanted_width
      ? denominator(d.image_width, d.image_height, wanted_width, wanted_height) : 1;
  d.out_color_space = JCS_YCbCr;
  jpeg_start_decompress(&d);
  for (int c = 0; c < 3; c++)
    size_plane(&decoded[c], d.comp_info[c].downsampled_width, d.comp_info[c].downsampled_height);
  int lines = d.max_v_samp_factor * d.min_DCT_scaled_size;
  int row = 0;
  while (d.output_scanline < d.output_height) {
    for (int c = 0; c < 3; c++) {
      int high = d.comp_info[c].v_samp_factor * d.comp_info[c].DCT_scaled_size;
      for (int i = 0; i < high; i++)
        rows[c][i] = decoded[c].samples + (size_t)(row * high + i) * decoded[c].stride;
      planes[c] = rows[c];
    }
    jpeg_read_raw_data(&d, planes, lines);
    row++;
  }
  jpeg_finish_decompress(&d);
  jpeg_destroy_decompress(&d);
}

static void area(const plane *from, plane *to) {
  static int sums[16384];
  double rows = (double)from->height / to->height, columns = (double)from->width / to->width;
  int taps = (int)columns + 2;
  int *first = malloc(sizeof(int) * to->width);
  int *weights = calloc((size_t)to->width * taps, sizeof(int));
  for (int x = 0; x < to->width; x++) {
    double begin = x * columns, end = begin + columns;
    first[x] = (int)begin;
    for (int i = 0; i < taps && first[x] + i < from->width; i++) {
      double low = first[x] + i, high = low + 1;
      if (low < begin) low = begin;
      if (high > end) high = end;
      if (high > low) weights[x * taps + i] = (int)((high - low) / columns * 4096 + 0.5);
    }
  }
  for (int y = 0; y < to->height; y++) {
    double begin = y * rows, end = begin + rows;
    memset(sums, 0, sizeof(int) * from->width);
    for (int i = (int)begin; i < end - 1e-9 && i < from->height; i++) {
      double low = i < begin ? begin : i, high = i + 1 > end ? end : i + 1;
      int weight = (int)((high - low) / rows * 2048 + 0.5);
      const unsigned char *s = from->samples + (size_t)i * from->stride;
      for (int x = 0; x < from->width; x++) sums[x] += s[x] * weight;
    }
    unsigned char *t = to->samples + (size_t)y * to->stride;
    for (int x = 0; x < to->width; x++) {
      int sum = 1 << 22;
      for (int i = 0; i < taps; i++) sum += sums[first[x] + i] * weights[x * taps + i];
      sum >>= 23;
      t[x] = sum > 255 ? 255 : sum;
    }
  }
  free(first);
  free(weights);
}

static void encode(plane *planes, int width, int height, int quality) {
  struct jpeg_compress_struct e;
  struct jpeg_error_mgr errors;
  JSAMPROW rows[3][16];
  JSAMPARRAY arrays[3] = {rows[0], rows[1], rows[2]};
  e.err = jpeg_std_error(&errors);
  jpeg_create_compress(&e);
  jpeg_mem_dest(&e, &out, &out_bytes);
  e.image_width = width;
  e.image_height = height;
  e.input_components = 3;
  e.in_color_space = JCS_YCbCr;
  jpeg_set_defaults(&e);
  jpeg_set_quality(&e, quality, TRUE);
  e.raw_data_in = TRUE;
  jpeg_start_compress(&e, TRUE);
  for (int row = 0; e.next_scanline < e.image_height; row++) {
    for (int c = 0; c < 3; c++)
      for (int i = 0; i < (c ? 8 : 16); i++) {
        int y = row * (c ? 8 : 16) + i;
        if (y >= planes[c].height) y = planes[c].height - 1;
        rows[c][i] = planes[c].samples + (size_t)y * planes[c].stride;
      }
    jpeg_write_raw_data(&e, arrays, 16);
  }
  jpeg_finish_compress(&e);
  jpeg_destroy_compress(&e);
}

static void tile(int width, int height, int quality) {
  decode_planes(width, height);
  for (int c = 0; c < 3; c++) {
    size_plane(&scaled[c], c ? (width + 1) / 2 : width, c ? (height + 1) / 2 : height);
    area(&decoded[c], &scaled[c]);
  }
  encode(scaled, width, height, quality);
}

static void reencode(int quality) {
  decode_planes(0, 0);
  encode(decoded, decoded[0].width, decoded[0].height, quality);
}

int main(int count, char **words) {
  int times;
  FILE *in = fopen(words[2], "rb");
  fseek(in, 0, SEEK_END);
  file_bytes = ftell(in);
  rewind(in);
  file = malloc(file_bytes);
  if (fread(file, 1, file_bytes, in) != file_bytes) return 1;
  while (scanf("%d", &times) == 1) {
    struct timespec a, b;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
    for (int i = 0; i < times; i++) {
      if (!strcmp(words[1], "eighth")) eighth();
      else if (!strcmp(words[1], "tile")) tile(atoi(words[3]), atoi(words[4]), atoi(words[5]));
      else reencode(atoi(words[3]));
      if (out) { free(out); out = NULL; }
    }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
    printf("%lld\n", ((b.tv_sec - a.tv_sec) * 1000000000LL + b.tv_nsec - a.tv_nsec) / times);
    fflush(stdout);
  }
  return 0;
}
