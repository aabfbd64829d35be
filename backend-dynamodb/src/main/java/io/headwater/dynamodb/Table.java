package io.headwater.dynamodb;

import io.headwater.EventStoreException;
import io.headwater.dynamodb.DynamoErrors.Effect;
import io.headwater.dynamodb.Outcome.Busy;
import io.headwater.dynamodb.Outcome.Done;
import io.headwater.dynamodb.Outcome.Lost;
import io.headwater.dynamodb.Outcome.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The requests that a store makes, one table for all. Reads are consistent and tried again; a write is made once, and
 * its outcome is returned. Blocks; thread-safe.
 */
final class Table implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DynamoDbClient client;
    private final Runnable closeClient;
    private final String name;
    private final RequestThreads calls = new RequestThreads();

    /** Requests of this client. Closing ends it by this call, which does nothing where the client is the application's. */
    Table(DynamoDbClient client, Runnable closeClient, String name) {
        this.client = client;
        this.closeClient = closeClient;
        this.name = name;
    }

    String name() {
        return name;
    }

    DynamoDbClient client() {
        return client;
    }

    RequestThreads calls() {
        return calls;
    }

    Backoff backoff() {
        return new Backoff(calls, PATIENCE);
    }

    Optional<Item> get(Key key) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(name)
                .key(key.attributes())
                .consistentRead(true)
                .build();
        return reading("GetItem", () -> item(client.getItem(request).item()));
    }

    private static Optional<Item> item(Map<String, AttributeValue> attributes) {
        return attributes.isEmpty() ? Optional.empty() : Optional.of(Item.of(attributes));
    }

    /** Items of one partition. */
    Query query(String pk) {
        return new Query(this, pk);
    }

    /** These items as they are, those that are there, each by itself. */
    Map<Key, Item> batchGet(List<Key> keys) {
        return new BatchGet(this, keys).run();
    }

    /** These items as of one moment. */
    Map<Key, Item> transactGet(List<Key> keys) {
        List<TransactGetItem> gets = keys.stream()
                .map(key -> TransactGetItem.builder()
                        .get(Get.builder().tableName(name).key(key.attributes()).build())
                        .build())
                .toList();
        TransactGetItemsRequest request =
                TransactGetItemsRequest.builder().transactItems(gets).build();
        return reading("TransactGetItems", () -> {
            Map<Key, Item> items = new HashMap<>();
            client.transactGetItems(request).responses().stream()
                    .flatMap(response -> item(response.item()).stream())
                    .forEach(item -> items.put(item.key(), item));
            return items;
        });
    }

    /** Reads, and retries after conflicts and missing replies. */
    <T> T reading(String action, Supplier<T> request) {
        Backoff backoff = backoff();
        while (true) {
            try {
                return calls.read(request);
            } catch (SdkException e) {
                Effect effect = effect(e);
                if (effect == Effect.REFUSED || backoff.isOver()) {
                    throw DynamoErrors.translate(action, name, e);
                }
                backoff.pause(effect == Effect.THROTTLED);
            } catch (RuntimeException e) {
                throw DynamoErrors.translate(action, name, e);
            }
        }
    }

    private static Effect effect(SdkException e) {
        return e instanceof TransactionCanceledException cancelled ? effect(cancelled) : DynamoErrors.effect(e);
    }

    /** As told by the reasons: what is definite comes first. */
    private static Effect effect(TransactionCanceledException e) {
        List<Effect> effects = codes(e).map(DynamoErrors::effect).distinct().toList();
        if (effects.contains(Effect.REFUSED)) {
            return Effect.REFUSED;
        }
        return effects.contains(Effect.THROTTLED) ? Effect.THROTTLED : Effect.CONFLICT;
    }

    private static Stream<String> codes(TransactionCanceledException e) {
        return e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .filter(code -> code != null && !code.equals("None"));
    }

    /** Writes an item. */
    Outcome write(Write write) {
        return sent(action(write), List.of(write), () -> {
            Map<String, AttributeValue> now = send(write);
            return new Done(item(now));
        });
    }

    private static String action(Write write) {
        return switch (write.kind()) {
            case PUT -> "PutItem";
            case UPDATE -> "UpdateItem";
            default -> "DeleteItem";
        };
    }

    private Map<String, AttributeValue> send(Write write) {
        return switch (write.kind()) {
            case PUT -> {
                client.putItem(write.putRequest(name));
                yield Map.of();
            }
            case UPDATE -> client.updateItem(write.updateRequest(name)).attributes();
            default -> {
                client.deleteItem(write.deleteRequest(name));
                yield Map.of();
            }
        };
    }

    /** Makes these writes, all or nothing. */
    Outcome transact(List<Write> writes) {
        List<TransactWriteItem> actions =
                writes.stream().map(write -> write.action(name)).toList();
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .transactItems(actions)
                .clientRequestToken(UUID.randomUUID().toString())
                .build();
        return sent("TransactWriteItems", writes, () -> {
            client.transactWriteItems(request);
            return new Done(Optional.empty());
        });
    }

    private Outcome sent(String action, List<Write> writes, Supplier<Outcome> request) {
        try {
            return calls.write(request);
        } catch (ConditionalCheckFailedException e) {
            return new Refused(Map.of(writes.get(0).key(), e.hasItem() ? item(e.item()) : Optional.empty()));
        } catch (TransactionCanceledException e) {
            return cancelled(e, writes);
        } catch (SdkException e) {
            return failed(action, e);
        } catch (EventStoreException | IllegalStateException e) {
            throw DynamoErrors.translate(action, name, e);
        } catch (RuntimeException e) {
            return new Lost(e);
        }
    }

    private Outcome failed(String action, SdkException e) {
        return switch (DynamoErrors.effect(e)) {
            case UNKNOWN -> new Lost(e);
            case THROTTLED -> new Busy(true, e);
            case CONFLICT, NOT_SENT -> new Busy(false, e);
            case REFUSED -> throw DynamoErrors.translate(action, name, e);
        };
    }

    private Outcome cancelled(TransactionCanceledException e, List<Write> writes) {
        Map<Key, Optional<Item>> found = new HashMap<>();
        List<CancellationReason> reasons = e.cancellationReasons();
        for (int i = 0; i < reasons.size() && i < writes.size(); i++) {
            if ("ConditionalCheckFailed".equals(reasons.get(i).code())) {
                found.put(writes.get(i).key(), item(reasons.get(i).item()));
            }
        }
        if (!found.isEmpty()) {
            return new Refused(found);
        }
        Effect effect = effect(e);
        if (effect == Effect.REFUSED) {
            throw DynamoErrors.translate("TransactWriteItems", name, e);
        }
        return new Busy(effect == Effect.THROTTLED, e);
    }

    /**
     * Makes a write that may be made twice, again until its outcome is known.
     *
     * @throws EventStoreException if that is not possible
     */
    Outcome settle(Supplier<Outcome> write) {
        Backoff backoff = backoff();
        while (true) {
            Outcome outcome = write.get();
            if (outcome instanceof Done || outcome instanceof Refused) {
                return outcome;
            }
            RuntimeException cause = outcome instanceof Busy busy ? busy.cause() : ((Lost) outcome).cause();
            if (backoff.isOver()) {
                throw DynamoErrors.unavailable("a write", name, cause);
            }
            backoff.pause(outcome instanceof Busy busy && busy.throttled());
        }
    }

    @Override
    public void close() {
        calls.close();
        closeClient.run();
    }
}
