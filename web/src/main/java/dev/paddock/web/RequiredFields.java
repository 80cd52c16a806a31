package dev.paddock.web;

import dev.paddock.model.failure.InvalidException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which components of a record must be in its JSON: those that are neither Optional nor nullable.
 */
final class RequiredFields {
  private static final ClassValue<List<Component>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
          return type.isRecord()
              ? Arrays.stream(type.getRecordComponents()).map(Component::of).toList()
              : List.of();
        }
      };

  private RequiredFields() {}

  static boolean isRequired(RecordComponent component) {
    return !isOptional(component.getType()) && !isNullable(component);
  }

  static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  static boolean isOptional(Class<?> type) {
    return type == Optional.class || type == OptionalInt.class || type == OptionalLong.class;
  }

  static void check(Class<?> type, @Nullable Object value) {
    if (value == null) {
      throw new InvalidException("The request body must be an object");
    }
    check("", value);
  }

  private static void check(String prefix, Object value) {
    for (Component component : COMPONENTS.get(value.getClass())) {
      Object part = component.read(value);
      if (part == null && component.required) {
        throw new InvalidException(prefix + component.name + " is required");
      }
      checkPart(prefix + component.name, part);
    }
  }

  private static void checkPart(String name, @Nullable Object part) {
    switch (part) {
      case Optional<?> optional -> checkPart(name, optional.orElse(null));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          checkElement(name + "[" + i + "]", list.get(i));
        }
      }
      case Map<?, ?> map -> map.forEach((key, value) -> checkElement(name + "." + key, value));
      case Record nested -> check(name + ".", nested);
      case null, default -> {}
    }
  }

  private static void checkElement(String name, @Nullable Object element) {
    if (element == null) {
      throw new InvalidException(name + " must not be null");
    }
    checkPart(name, element);
  }

  private record Component(String name, boolean required, MethodHandle accessor) {
    static Component of(RecordComponent component) {
      try {
        component.getAccessor().setAccessible(true);
        MethodHandle accessor = MethodHandles.lookup().unreflect(component.getAccessor());
        return new Component(Json.nameOf(component), isRequired(component), accessor);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }

    @Nullable Object read(Object owner) {
      try {
        return accessor.invoke(owner);
      } catch (Throwable e) {
        throw new IllegalStateException("A record's accessor failed", e);
      }
    }
  }
}
