package io.irpc.test.greeting;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

import org.springframework.boot.jackson.JacksonComponent;

/**
 * Writes volumes.
 */
@JacksonComponent
class VolumeJson extends ValueSerializer<Volume> {

	@Override
	public void serialize(Volume value, JsonGenerator generator, SerializationContext context) {
		generator.writeString(value.decibels() + " dB");
	}

}
