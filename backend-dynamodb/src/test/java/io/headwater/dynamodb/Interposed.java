package io.headwater.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;

/** A client whose requests pass through something that may change, delay or lose them, or their responses. */
final class Interposed implements InvocationHandler {
    private final DynamoDbClient client;
    private final Between between;

    private Interposed(DynamoDbClient client, Between between) {
        this.client = client;
        this.between = between;
    }

    /** What lies between a store and the service. Called by many threads. */
    @FunctionalInterface
    interface Between {
        DynamoDbResponse call(DynamoDbRequest request, Service service);
    }

    /** What requests go to in the end. */
    @FunctionalInterface
    interface Service {
        DynamoDbResponse call(DynamoDbRequest request);

        /** As {@link #call}, for who knows the type of the response. */
        default <T extends DynamoDbResponse> T call(DynamoDbRequest request, Class<T> type) {
            return type.cast(call(request));
        }
    }

    /** Of several, the first is nearest to the store. Closing it closes the client. */
    static DynamoDbClient client(DynamoDbClient client, List<Between> between) {
        DynamoDbClient wrapped = client;
        for (int i = between.size() - 1; i >= 0; i--) {
            wrapped = (DynamoDbClient) Proxy.newProxyInstance(
                    DynamoDbClient.class.getClassLoader(),
                    new Class<?>[] {DynamoDbClient.class},
                    new Interposed(wrapped, between.get(i)));
        }
        return wrapped;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments == null || arguments.length != 1 || !(arguments[0] instanceof DynamoDbRequest asked)) {
            return sent(method, arguments);
        }
        return between.call(asked, request -> send(request.equals(asked) ? method : method(request), request));
    }

    /** The method for a request of another kind than was asked. */
    private static Method method(DynamoDbRequest request) {
        String kind = request.getClass().getSimpleName();
        String name = Character.toLowerCase(kind.charAt(0)) + kind.substring(1, kind.length() - "Request".length());
        try {
            return DynamoDbClient.class.getMethod(name, request.getClass());
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(kind, e);
        }
    }

    private DynamoDbResponse send(Method method, DynamoDbRequest request) {
        try {
            return (DynamoDbResponse) sent(method, new Object[] {request});
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    private Object sent(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
