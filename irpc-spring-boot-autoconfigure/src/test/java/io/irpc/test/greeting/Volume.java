package io.irpc.test.greeting;

/**
 * How loud a greeting is; its JSON form is made by {@link VolumeJson}.
 *
 * @param decibels the level
 */
public record Volume(int decibels) {

}
