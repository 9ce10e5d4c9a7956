package io.imagebus.wall;

/** A document that is not accepted, and the field at fault. */
final class BadField extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * A document that is not accepted.
   *
   * @param field its path, such as {@code tiles[3].width}; empty if it is the whole
   * @param rule what the field is to be, to follow its name
   */
  BadField(String field, String rule) {
    super(field.isEmpty() ? rule : field + " " + rule);
    this.field = field;
  }

  String field() {
    return field;
  }
}
