package io.headwater.tck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Capabilities;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.Limits;
import io.headwater.spi.Backend;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that answers nothing, throws or hangs is a failure with a reason, and not the end of the run. */
@Timeout(60)
class HopelessFuzzTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void a_store_that_answers_null() {
        assertThat(failure(PATIENCE, (self, method, arguments) -> null).actual())
                .contains("head returned null");
    }

    @Test
    void a_store_that_throws() {
        FuzzFailure failure = failure(PATIENCE, (self, method, arguments) -> {
            throw new IllegalStateException("out of order");
        });
        assertThat(failure.actual())
                .contains("threw io.headwater.BackendFailure")
                .contains("IllegalStateException");
    }

    @Test
    void a_store_that_hangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try {
            FuzzFailure failure =
                    failure(Duration.ofMillis(200), (self, method, arguments) -> end.await(1, TimeUnit.MINUTES));
            assertThat(failure.actual()).contains("timed out after 200 ms").contains("at ");
            assertThat(failure.script().lines()).hasSize(1);
        } finally {
            end.countDown();
        }
    }

    private static FuzzFailure failure(Duration deadline, InvocationHandler behaviour) {
        Backend backend = (Backend) Proxy.newProxyInstance(
                HopelessFuzzTest.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (self, method, arguments) -> method.getName().equals("capabilities")
                        ? Capabilities.of(Limits.MIN)
                        : behaviour.invoke(self, method, arguments));
        Supplier<EventStore> store = () -> EventStores.over("hopeless", backend);
        return Fuzz.of(store)
                .scripts(3)
                .seed(1)
                .deadline(deadline)
                .run()
                .failure()
                .orElseThrow();
    }
}
