package io.headwater.dynamodb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attributes by name: an item, or a map within one. What is missing or of another type when it is read throws {@link
 * IllegalArgumentException}.
 */
final class Item {
    private final Map<String, AttributeValue> attributes;

    private Item(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    /** An item with nothing but its key. */
    static Item at(Key key) {
        return new Item(new HashMap<>(key.attributes()));
    }

    /** A map within an item. */
    static Item map() {
        return new Item(new HashMap<>());
    }

    static Item of(Map<String, AttributeValue> attributes) {
        return new Item(attributes);
    }

    Map<String, AttributeValue> attributes() {
        return attributes;
    }

    AttributeValue asValue() {
        return AttributeValue.fromM(attributes);
    }

    Item with(String name, AttributeValue value) {
        attributes.put(name, value);
        return this;
    }

    Item with(String name, long number) {
        return with(name, number(number));
    }

    Item with(String name, String text) {
        return with(name, AttributeValue.fromS(text));
    }

    /** Nothing if there are no bytes: then the attribute is absent. */
    Item with(String name, byte @Nullable [] bytes) {
        return bytes == null ? this : with(name, bytes(bytes));
    }

    /** Nothing for an empty set, which no attribute can be. */
    Item with(String name, Set<String> texts) {
        return texts.isEmpty() ? this : with(name, texts(texts));
    }

    /** As {@link #with(String, Set)}. */
    Item withNumbers(String name, Set<Integer> numbers) {
        return numbers.isEmpty() ? this : with(name, numbers(numbers));
    }

    static AttributeValue texts(Set<String> texts) {
        return AttributeValue.fromSs(texts.stream().sorted().toList());
    }

    static AttributeValue numbers(Set<Integer> numbers) {
        return AttributeValue.fromNs(
                numbers.stream().sorted().map(String::valueOf).toList());
    }

    static AttributeValue list(List<Item> maps) {
        return AttributeValue.fromL(maps.stream().map(Item::asValue).toList());
    }

    static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    static AttributeValue bytes(byte[] bytes) {
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
    }

    Key key() {
        return new Key(text(Key.PK), text(Key.SK));
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    /** The texts of a set; none if it is absent. */
    Set<String> texts(String name) {
        return has(name) ? Set.copyOf(value(name).ss()) : Set.of();
    }

    /** The numbers of a set; none if it is absent. */
    Set<Integer> numbers(String name) {
        return has(name) ? value(name).ns().stream().map(Integer::valueOf).collect(Collectors.toSet()) : Set.of();
    }

    long number(String name) {
        return Long.parseLong(present(name, value(name).n()));
    }

    long number(String name, long absent) {
        return has(name) ? number(name) : absent;
    }

    String text(String name) {
        return present(name, value(name).s());
    }

    byte[] bytes(String name) {
        return present(name, value(name).b()).asByteArrayUnsafe();
    }

    byte @Nullable [] bytesIfPresent(String name) {
        return has(name) ? bytes(name) : null;
    }

    /** The maps of a list. */
    List<Item> maps(String name) {
        AttributeValue list = value(name);
        if (!list.hasL()) {
            throw wrong(name);
        }
        return list.l().stream().map(element -> Item.of(element.m())).toList();
    }

    Optional<Item> mapIfPresent(String name) {
        return has(name) ? Optional.of(of(value(name).m())) : Optional.empty();
    }

    private AttributeValue value(String name) {
        AttributeValue value = attributes.get(name);
        if (value == null) {
            throw wrong(name);
        }
        return value;
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw wrong(name);
        }
        return value;
    }

    private static IllegalArgumentException wrong(String name) {
        return new IllegalArgumentException("attribute '" + name + "' is missing, or of another type");
    }
}
