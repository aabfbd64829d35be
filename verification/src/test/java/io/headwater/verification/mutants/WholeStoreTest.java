package io.headwater.verification.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.Subscriptions;
import io.headwater.UnsupportedCapability;
import io.headwater.memory.HoldingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CapabilityFacets;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppends;
import io.headwater.tck.catalogue.support.WholeStore;
import io.headwater.tck.rule.History;
import io.headwater.tck.rule.Instances;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleContext;
import io.headwater.verification.Proxies;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A facet or method that is added later is part of {@link WholeStore}, too, or it is said here why not. */
class WholeStoreTest {
    /** What is no matter of the storage, and what asks for each what another method asks for one. */
    private static final Set<String> APART = Set.of(
            "EventStore.backend()",
            "EventStore.isReadOnly()",
            "EventStore.close()",
            "EventStore.pull(SubscriptionOptions)",
            "Subscriptions.list()",
            "HeldAppends.holdsUpAppends()");

    private final Map<String, Call> filling = new ConcurrentHashMap<>();
    private final Map<String, Call> asking = new ConcurrentHashMap<>();
    private Map<String, Call> calls = filling;

    private record Call(Class<?> type, Method method, Object[] arguments) {}

    @Test
    void every_method_that_reads_is_asked_and_every_other_is_used_to_fill_the_store() {
        try (Backend storage = HoldingBackend.open("whole");
                EventStore store = EventStores.over("whole", storage);
                EventStore readOnly = EventStores.readOnlyOver("whole", HoldingBackend.open("whole"))) {
            ask(store);
            Set<String> used = new TreeSet<>(filling.keySet());
            used.addAll(asking.keySet());
            used.addAll(APART);
            assertThat(used).containsAll(all());
            onlyFilling()
                    .forEach((name, call) -> assertThatThrownBy(() -> call(readOnly, call))
                            .as(name + " was not asked, so it has to be one that writes")
                            .isInstanceOf(UnsupportedCapability.class));
        }
    }

    private void ask(EventStore store) {
        EventStore spy = spy(EventStore.class, store);
        Instances instances = (Instances) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instances.class}, (self, method, arguments) -> spy);
        Rule rule = Rule.must("L6.1", "is asked", nothing -> {});
        WholeStore whole = WholeStore.of(new RuleContext(rule, instances, 1, 1, true, new History()));
        calls = asking;
        whole.answers(spy);
    }

    private Map<String, Call> onlyFilling() {
        Map<String, Call> only = new TreeMap<>(filling);
        only.keySet().removeAll(asking.keySet());
        only.keySet().removeAll(APART);
        only.keySet().removeIf(name -> !all().contains(name));
        return only;
    }

    private static Set<String> all() {
        Set<String> all = new TreeSet<>();
        Stream.concat(
                        Arrays.stream(Capability.values())
                                .flatMap(capability -> CapabilityFacets.of(capability).stream()),
                        Stream.of(CheckpointStore.class, HeldAppends.class, Subscriptions.class))
                .forEach(type -> Arrays.stream(type.getMethods()).forEach(method -> all.add(name(type, method))));
        Arrays.stream(EventStore.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .forEach(method -> all.add(name(EventStore.class, method)));
        all.add("EventStore.lastDecided()");
        return all;
    }

    private static String name(Class<?> type, Method method) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        return type.getSimpleName() + "." + method.getName() + parameters;
    }

    private <T> T spy(Class<T> type, T sound) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    calls.put(
                            name(type, method), new Call(type, method, arguments == null ? new Object[0] : arguments));
                    return spied(Proxies.invoked(method, sound, arguments), arguments);
                }));
    }

    private Object spied(Object answer, Object[] arguments) {
        if (answer instanceof Subscriptions subscriptions) {
            return spy(Subscriptions.class, subscriptions);
        }
        return answer instanceof Optional<?> found && arguments != null && arguments[0] instanceof Class<?> facet
                ? found.map(sound -> spyOf(facet, sound))
                : answer;
    }

    private <T> T spyOf(Class<T> facet, Object sound) {
        return spy(facet, facet.cast(sound));
    }

    private static Object call(EventStore store, Call call) throws Throwable {
        if (call.type() == EventStore.class) {
            return Proxies.invoked(call.method(), store, call.arguments());
        }
        Object target = call.type() == Subscriptions.class
                ? store.subscriptions()
                : store.facet(call.type()).orElseThrow();
        return Proxies.invoked(call.method(), target, call.arguments());
    }
}
