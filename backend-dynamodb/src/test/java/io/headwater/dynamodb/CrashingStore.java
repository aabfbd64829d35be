package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.dynamodb.Interposed.Between;
import io.headwater.dynamodb.Interposed.Service;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;

/**
 * A store that comes to its end before or after one of its requests, as it does when its process is killed there: it makes no
 * other request, and its callers get no answer. Another one is opened then. For one thread.
 */
final class CrashingStore implements AutoCloseable {
    private final String url;
    private final Between[] between;
    private final Random random;
    private final double chance;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger crashes = new AtomicInteger();
    private Life life;

    /** With this chance for each request. */
    CrashingStore(String url, long seed, double chance, Between... between) {
        this.url = url;
        this.between = between;
        this.random = new Random(seed);
        this.chance = chance;
        this.life = new Life();
    }

    /** One process. */
    private final class Life implements Between {
        private final CompletableFuture<AppendOutcome> ended = new CompletableFuture<>();
        private final TestStore opened;
        private volatile boolean armed;

        Life() {
            opened = TestStore.open(
                    url,
                    Stream.concat(Stream.of((Between) this), Stream.of(between)).toArray(Between[]::new));
            armed = true;
        }

        @Override
        public DynamoDbResponse call(DynamoDbRequest request, Service service) {
            boolean crashes = armed && random.nextDouble() < chance;
            if (!crashes) {
                goOn();
                return service.call(request);
            }
            boolean carriedOut = random.nextBoolean();
            if (carriedOut) {
                service.call(request);
            }
            ended.completeExceptionally(new AppendOutcomeUnknown("the process ended", null));
            throw crashed();
        }

        private void goOn() {
            if (ended.isDone()) {
                throw crashed();
            }
        }

        private SdkClientException crashed() {
            return SdkClientException.create("the process ended");
        }

        AppendOutcome append(AppendRequest request) {
            CompletableFuture<AppendOutcome> answer =
                    CompletableFuture.supplyAsync(() -> opened.store().tryAppend(request), threads);
            try {
                return (AppendOutcome) CompletableFuture.anyOf(ended, answer).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }
    }

    AppendOutcome append(AppendRequest request) {
        if (life.ended.isDone()) {
            threads.execute(life.opened::close);
            crashes.incrementAndGet();
            life = new Life();
        }
        return life.append(request);
    }

    int crashes() {
        return crashes.get();
    }

    @Override
    public void close() {
        life.opened.close();
        threads.shutdown();
    }
}
