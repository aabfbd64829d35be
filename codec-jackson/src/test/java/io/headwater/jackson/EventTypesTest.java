package io.headwater.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.InvalidRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesTest {
    sealed interface Pet {}

    @EventType("CatMet")
    record Cat(String name) implements Pet {}

    sealed interface Bird extends Pet {}

    @EventType(
            value = "OwlMet",
            aliases = {"OwlSeen", "OwlHeard"})
    record Owl(String name) implements Bird {}

    @EventType("JayMet")
    static final class Jay implements Bird {}

    sealed interface Named {}

    record Nameless() implements Named {}

    sealed interface Opened {}

    non-sealed interface Wide extends Opened {}

    @EventType("Misplaced")
    sealed interface Misplaced {}

    @EventType("Placed")
    record Placed() implements Misplaced {}

    abstract static class Base {}

    private static void assertRefused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequest.class).hasMessageContainingAll(words);
    }

    private static EventTypes.Builder types() {
        return EventTypes.builder();
    }

    @Test
    void a_sealed_type_brings_all_its_events_and_those_of_nested_ones() {
        assertThat(TypedEvents.of(Pet.class).names())
                .containsExactly("CatMet", "OwlMet", "OwlSeen", "OwlHeard", "JayMet");
    }

    @Test
    void names_given_one_by_one_need_no_annotation() {
        EventTypes types = types().add("Nameless", Nameless.class, "Anonymous").build();
        assertThat(types.typed(Object.class).names()).containsExactly("Nameless", "Anonymous");
        assertThat(types.nameOf(Nameless.class)).contains("Nameless");
        assertThat(types.nameOf(Cat.class)).isEmpty();
    }

    @Test
    void a_name_given_one_by_one_makes_up_for_a_missing_annotation_whatever_the_order() {
        EventTypes types =
                types().addAll(Named.class).add("Nameless", Nameless.class).build();
        assertThat(types.typed(Named.class).names()).containsExactly("Nameless");
    }

    @Test
    void saying_the_same_twice_does_no_harm() {
        EventTypes types = types().addAll(Pet.class)
                .addAll(Bird.class)
                .add("CatMet", Cat.class)
                .build();
        assertThat(types.nameOf(Cat.class)).contains("CatMet");
    }

    @Test
    void a_builder_can_go_on_after_it_has_built() {
        EventTypes.Builder builder = types().add("CatMet", Cat.class);
        EventTypes first = builder.build();
        builder.addAll(Bird.class).drop("OwlLost").build();
        assertThat(first.typed(Object.class).names()).containsExactly("CatMet");
    }

    @Test
    void two_classes_with_one_name_are_refused() {
        assertRefused(
                () -> types().add("Met", Cat.class).add("Met", Owl.class),
                "'Met' is the event type of both " + Cat.class.getName() + " and " + Owl.class.getName(),
                "give one of them another event type");
    }

    @Test
    void an_alias_that_is_the_name_of_another_class_is_refused() {
        assertRefused(
                () -> types().add("OwlHeard", Cat.class).addAll(Pet.class).build(), "has two event types", "alias");
        assertRefused(
                () -> types().add("Cat", Cat.class, "OwlHeard")
                        .addAll(Bird.class)
                        .build(),
                "'OwlHeard' is the event type of both");
    }

    @Test
    void a_class_with_two_names_to_write_is_refused() {
        assertRefused(
                () -> types().add("CatMet", Cat.class).add("CatSeen", Cat.class),
                "has two event types, 'CatMet' and 'CatSeen'",
                "make the other an alias");
    }

    @Test
    void a_permitted_class_without_a_name_is_refused() {
        assertRefused(
                () -> types().addAll(Named.class).build(),
                Nameless.class.getName() + ", an event of " + Named.class.getName() + ", has no event type",
                "annotate it with @EventType");
    }

    @Test
    void a_type_whose_events_cannot_be_found_is_refused() {
        assertRefused(() -> types().addAll(Runnable.class).build(), "is an interface without permitted", "sealed");
        assertRefused(() -> types().addAll(Opened.class).build(), Wide.class.getName() + " is an interface without");
        assertRefused(() -> types().addAll(Base.class).build(), "is an abstract class without permitted");
    }

    @Test
    void a_name_for_a_type_without_instances_is_refused() {
        assertRefused(
                () -> types().add("Pet", Pet.class),
                "'Pet' cannot be the event type of",
                "is an interface",
                "with addAll");
        assertRefused(() -> types().add("Base", Base.class), "is an abstract class");
        assertRefused(() -> types().add("Number", int.class), "is not a class");
        assertRefused(() -> types().addAll(Misplaced.class).build(), "put @EventType on the classes it permits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$internal", "a\nb"})
    void a_name_that_no_store_takes_is_refused(String name) {
        assertRefused(
                () -> types().add(name, Cat.class), Cat.class.getName(), "event type", "choose another event type");
        assertRefused(() -> types().add("CatMet", Cat.class, name), "choose another event type");
    }

    @Test
    void a_view_of_a_type_that_no_event_has_is_refused() {
        EventTypes types = types().add("CatMet", Cat.class).build();
        assertRefused(() -> types.typed(Bird.class), "no event class is a " + Bird.class.getName());
    }
}
