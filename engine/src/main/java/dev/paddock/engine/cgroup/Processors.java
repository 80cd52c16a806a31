package dev.paddock.engine.cgroup;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which processors a sandbox starts on: as many as it may use at the same time, so that programs
 * that count them start as many threads as can run. Sandboxes are spread by their slots.
 */
public final class Processors {
  private final List<Integer> numbers;

  private Processors(List<Integer> numbers) {
    this.numbers = numbers;
  }

  /** The first processors of a host, by their number. */
  static Processors first(int count) {
    return new Processors(IntStream.range(0, count).boxed().toList());
  }

  /** Those of the kernel's list, such as {@code 0-3,8}. */
  static Processors listed(String list) {
    return new Processors(
        Arrays.stream(list.split(",", -1)).flatMapToInt(Processors::range).boxed().toList());
  }

  private static IntStream range(String text) {
    String[] ends = text.split("-", 2);
    return IntStream.rangeClosed(
        Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
  }

  /** Numbers of the processors for the holder of a slot: all where it may use as many or more. */
  public List<Integer> choose(int slot, int wanted) {
    int count = numbers.size();
    if (wanted >= count) {
      return numbers;
    }
    int first = Math.floorMod((long) slot * wanted, count);
    return IntStream.range(first, first + wanted)
        .mapToObj(place -> numbers.get(place % count))
        .toList();
  }
}
