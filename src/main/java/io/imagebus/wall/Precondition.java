package io.imagebus.wall;

import io.imagebus.door.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a wall for a change to be made, RFC 9110 §13: it keeps two people from
 * writing over each other's work unseen.
 *
 * @param ifMatch the {@code If-Match} header
 * @param ifNoneMatch the {@code If-None-Match} header
 */
record Precondition(Optional<String> ifMatch, Optional<String> ifNoneMatch) {

  private static final String ANY = "*";

  static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    return new Precondition(Optional.ofNullable(ifMatch), Optional.ofNullable(ifNoneMatch));
  }

  /** The version as a header names it. */
  static String entityTag(LayoutVersion version) {
    return '"' + version.tag() + '"';
  }

  /**
   * Holds the precondition against what is there.
   *
   * @param there the wall's version; empty if there is no such wall
   * @return why the change is refused; empty if it may be made
   */
  Optional<Problem> check(WallName name, Optional<LayoutVersion> there) {
    if (ifNoneMatch.isPresent() && there.isPresent() && names(ifNoneMatch.get(), there.get())) {
      return failed("wall " + name + " is there already, as " + tagOf(there));
    }
    if (ifMatch.isEmpty()) {
      return there.isPresent() && ifNoneMatch.isEmpty()
          ? Optional.of(
              new Problem(
                  428,
                  "precondition-required",
                  "wall "
                      + name
                      + " is there already; say which version you change: If-Match: "
                      + tagOf(there)
                      + ", or If-Match: * for whichever it is"))
          : Optional.empty();
    }
    if (there.isEmpty()) {
      return failed("there is no wall " + name + " any more; leave out If-Match to make it");
    }
    return names(ifMatch.get(), there.get())
        ? Optional.empty()
        : failed(
            "wall " + name + " was changed meanwhile; it is at " + tagOf(there) + ": read it anew");
  }

  private static Optional<Problem> failed(String why) {
    return Optional.of(new Problem(412, "changed-meanwhile", why));
  }

  private static String tagOf(Optional<LayoutVersion> there) {
    return there.map(Precondition::entityTag).orElse("");
  }

  private static boolean names(String header, LayoutVersion version) {
    List<String> tags = Arrays.stream(header.split(",", -1)).map(String::strip).toList();
    return tags.contains(ANY) || tags.contains(entityTag(version));
  }
}
