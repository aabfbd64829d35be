package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.StoreUrl;
import java.util.regex.Pattern;

/**
 * Where a store is.
 *
 * @param table the name of the table
 * @param store its name in the table
 */
record StoreAddress(String table, String store) {
    static final String DEFAULT_STORE = "headwater";
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final Pattern STORE = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    StoreAddress {
        if (!TABLE.matcher(table).matches()) {
            throw new ConfigurationException(
                    "'%s' is not a valid name of a table: use 3 to 255 letters, digits, '_', '.' and '-', as in dynamodb://table/store"
                            .formatted(table));
        }
        if (!STORE.matcher(store).matches()) {
            throw new ConfigurationException(
                    "'%s' is not a valid name of a store: use 1 to 40 letters, digits, '_' and '-', as in dynamodb://table/store"
                            .formatted(store));
        }
    }

    static StoreAddress of(StoreUrl url) {
        String path = url.path().startsWith("/") ? url.path().substring(1) : url.path();
        return new StoreAddress(url.authority(), path.isEmpty() ? DEFAULT_STORE : path);
    }

    Keys keys() {
        return new Keys(store);
    }
}
