package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.OperationResult.Outcome;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Listeners that are combined into one. */
class EventStoreListenerTest {
    private static final OperationResult RESULT = new OperationResult(
            "memory", "head", Optional.empty(), Duration.ofMillis(1), 0, 0, Outcome.SUCCEEDED, Optional.empty());

    private final List<String> told = new ArrayList<>();

    /** Writes down which of its methods are called. */
    private EventStoreListener named(String name) {
        return (EventStoreListener) Proxy.newProxyInstance(
                EventStoreListener.class.getClassLoader(),
                new Class<?>[] {EventStoreListener.class},
                (me, method, a) -> {
                    told.add(name + " " + method.getName());
                    return method.getName().equals("operationStarted") ? ended(name) : null;
                });
    }

    private EventStoreListener.Operation ended(String name) {
        return result -> told.add(name + " ended " + result.operation());
    }

    private static EventStoreListener broken() {
        return (EventStoreListener) Proxy.newProxyInstance(
                EventStoreListener.class.getClassLoader(),
                new Class<?>[] {EventStoreListener.class},
                (me, method, a) -> {
                    throw new AssertionError("broken");
                });
    }

    @Test
    void ends_of_an_operation_are_reported_in_the_reverse_order() {
        EventStoreListener both = EventStoreListener.of(List.of(named("metrics"), named("tracing")));
        both.operationStarted("memory", "head").ended(RESULT);
        assertThat(told)
                .containsExactly(
                        "metrics operationStarted",
                        "tracing operationStarted",
                        "tracing ended head",
                        "metrics ended head");
    }

    @Test
    void an_operation_of_a_listener_that_throws_or_returns_null_is_ended_for_the_others() {
        EventStoreListener withoutOperation = new EventStoreListener() {
            @Override
            @SuppressWarnings("NullAway")
            public Operation operationStarted(String backend, String operation) {
                return null;
            }
        };
        EventStoreListener throwsAtTheEnd = new EventStoreListener() {
            @Override
            public void operationEnded(OperationResult result) {
                throw new IllegalStateException("broken");
            }
        };
        EventStoreListener.of(List.of(broken(), withoutOperation, named("a"), throwsAtTheEnd, named("b")))
                .operationStarted("memory", "head")
                .ended(RESULT);
        assertThat(told).containsExactly("a operationStarted", "b operationStarted", "b ended head", "a ended head");
    }

    /** Found by reflection, so that a method that is added is not forgotten. */
    @Test
    void every_method_calls_all_in_order_although_one_throws() throws ReflectiveOperationException {
        EventStoreListener all = EventStoreListener.of(List.of(named("a"), broken(), named("b")));
        for (Method method : EventStoreListener.class.getMethods()) {
            if (method.isDefault() && !method.getName().startsWith("operation")) {
                told.clear();
                method.invoke(
                        all,
                        Arrays.stream(method.getParameterTypes())
                                .map(type -> type == int.class ? 1 : null)
                                .toArray());
                assertThat(told).containsExactly("a " + method.getName(), "b " + method.getName());
            }
        }
    }

    @Test
    void a_combination_of_none_does_nothing() {
        EventStoreListener none = EventStoreListener.of(List.of());
        assertThatCode(() -> none.operationStarted("memory", "head").ended(RESULT))
                .doesNotThrowAnyException();
    }

    @Test
    void a_null_is_refused() {
        assertThatThrownBy(() -> EventStoreListener.of(Arrays.asList(named("a"), null)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("listener 2 of 2 is null");
    }
}
