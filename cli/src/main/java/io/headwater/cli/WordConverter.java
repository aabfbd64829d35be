package io.headwater.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A constant, in lower case with hyphens. */
final class WordConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    WordConverter(Class<E> type) {
        this.type = type;
    }

    static List<String> words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    @Override
    public E convert(String word) {
        List<String> words = words(type);
        if (!words.contains(word)) {
            throw new TypeConversionException("'" + word + "' is not one of " + String.join("|", words));
        }
        return type.getEnumConstants()[words.indexOf(word)];
    }
}
