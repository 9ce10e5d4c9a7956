package io.imagebus.sequence;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** The counters of a snapshot by their names. */
final class CountsByName {

  private CountsByName() {}

  static Map<String, Long> of(SequenceCounts counts) {
    Map<String, Long> byName = new TreeMap<>();
    for (RecordComponent component : SequenceCounts.class.getRecordComponents()) {
      try {
        byName.put(component.getName(), (Long) component.getAccessor().invoke(counts));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(component.getName(), e);
      }
    }
    return byName;
  }
}
