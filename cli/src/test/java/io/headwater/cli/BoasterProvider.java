package io.headwater.cli;

import io.headwater.spi.Backend;
import io.headwater.spi.BackendContext;
import io.headwater.spi.BackendProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Opens {@code boaster:name}: a memory store that declares every facet, and has none. Tests put it into a jar of its
 * own.
 */
public final class BoasterProvider implements BackendProvider {
    @Override
    public String name() {
        return "boaster";
    }

    @Override
    public List<String> schemes() {
        return List.of("boaster");
    }

    @Override
    public String urlPattern() {
        return "boaster:name";
    }

    @Override
    public Backend open(BackendContext context) {
        Backend memory = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("memory"))
                .findFirst()
                .orElseThrow()
                .open(context);
        return (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (self, method, arguments) -> {
                    if (method.getName().equals("facet")) {
                        return Optional.empty();
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
