package dev.paddock.engine.host;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.List;

/**
 * A function of the C library that reports failure by -1 and {@code errno}. Arguments are given as
 * its layouts say: {@code Integer}, {@code Long} or, for a pointer, {@code MemorySegment}.
 */
public final class NativeFunction {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO_CAPTURE = Linker.Option.captureCallState("errno");
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final String name;
  private final MethodHandle handle;

  private NativeFunction(String name, MethodHandle linked) {
    this.name = name;
    int arguments = linked.type().parameterCount() - 1;
    this.handle =
        linked
            .asSpreader(Object[].class, arguments)
            .asType(MethodType.methodType(long.class, MemorySegment.class, Object[].class));
  }

  /** A function with a fixed list of arguments that returns {@code int}. */
  public static NativeFunction of(String name, MemoryLayout... arguments) {
    return new NativeFunction(name, link(name, ValueLayout.JAVA_INT, List.of(arguments)));
  }

  /** A function with a fixed list of arguments that returns {@code ssize_t}. */
  public static NativeFunction sized(String name, MemoryLayout... arguments) {
    return new NativeFunction(name, link(name, ValueLayout.JAVA_LONG, List.of(arguments)));
  }

  /** A variadic function that returns {@code int}, for one concrete list of arguments. */
  public static NativeFunction variadic(String name, int fixed, MemoryLayout... arguments) {
    Linker.Option option = Linker.Option.firstVariadicArg(fixed);
    return new NativeFunction(name, link(name, ValueLayout.JAVA_INT, List.of(arguments), option));
  }

  /**
   * A system call by its number, for those that older C libraries do not wrap. All arguments are
   * {@code Long}; pointers are given as addresses.
   */
  public static NativeFunction systemCall(String name, long number, int arguments) {
    List<MemoryLayout> layouts = Collections.nCopies(arguments + 1, ValueLayout.JAVA_LONG);
    MethodHandle raw =
        link("syscall", ValueLayout.JAVA_LONG, layouts, Linker.Option.firstVariadicArg(1));
    return new NativeFunction(name, MethodHandles.insertArguments(raw, 1, number));
  }

  private static MethodHandle link(
      String symbol,
      MemoryLayout result,
      List<? extends MemoryLayout> arguments,
      Linker.Option... more) {
    Linker.Option[] options = new Linker.Option[more.length + 1];
    options[0] = ERRNO_CAPTURE;
    System.arraycopy(more, 0, options, 1, more.length);
    FunctionDescriptor type = FunctionDescriptor.of(result, arguments.toArray(new MemoryLayout[0]));
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(symbol), type, options);
  }

  /**
   * Calls the function on this thread.
   *
   * @return its result, never -1
   * @throws ErrnoException when the result is -1
   */
  public long call(Object... arguments) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long result = invoke(state, arguments);
      if (result == -1) {
        throw new ErrnoException(name, (int) ERRNO.get(state, 0L));
      }
      return result;
    }
  }

  private long invoke(MemorySegment state, Object[] arguments) {
    try {
      return (long) handle.invokeExact(state, arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(name + " cannot be called", e);
    }
  }
}
