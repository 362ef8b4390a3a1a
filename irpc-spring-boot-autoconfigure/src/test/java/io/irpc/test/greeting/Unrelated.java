package io.irpc.test.greeting;

import org.springframework.stereotype.Component;

/**
 * Has nothing to do with IRPC.
 */
@Component
public class Unrelated {

}
