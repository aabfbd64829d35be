package io.headwater.verification;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Objects that differ from others in one method. */
public final class Proxies {
    private Proxies() {}

    /** What a method does instead. */
    public interface Instead {
        Object call(Object[] arguments);
    }

    /**
     * The same but for one method. Where that is done for many at once by another method, such as {@code saveAll} for {@code save},
     * the other one uses it, too.
     */
    public static <T> T altered(Class<T> type, T sound, String name, Instead instead) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        return instead.call(arguments);
                    }
                    if (method.getName().equals(name + "All") && method.isDefault()) {
                        return InvocationHandler.invokeDefault(self, method, arguments);
                    }
                    return invoked(method, sound, arguments);
                }));
    }

    /** What the method answers, or throws. */
    public static @Nullable Object invoked(Method method, Object target, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
