CREATE TABLE IF NOT EXISTS irpc_outbox (
	id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	event VARCHAR(255) NOT NULL,
	arguments BYTEA NOT NULL,
	trace VARCHAR(55)
);

CREATE TABLE IF NOT EXISTS irpc_event (
	position BIGINT PRIMARY KEY,
	event VARCHAR(255) NOT NULL,
	time TIMESTAMP(6) WITH TIME ZONE NOT NULL,
	arguments BYTEA NOT NULL,
	trace VARCHAR(55)
);

CREATE INDEX IF NOT EXISTS irpc_event_by_name ON irpc_event (event, position);

CREATE INDEX IF NOT EXISTS irpc_event_by_time ON irpc_event (time, position);

CREATE TABLE IF NOT EXISTS irpc_journal (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	head BIGINT NOT NULL,
	head_time TIMESTAMP(6) WITH TIME ZONE NOT NULL,
	removed BIGINT NOT NULL,
	removed_time TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- begins with the time, so that positions of an earlier database are known to be gone
INSERT INTO irpc_journal (id, head, head_time, removed, removed_time)
	SELECT 1, start, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00', start, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00'
	FROM (SELECT CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)) - 1767225600 AS BIGINT) * 1000000 AS start) AS now
	WHERE NOT EXISTS (SELECT 1 FROM irpc_journal);

CREATE TABLE IF NOT EXISTS irpc_cursor (
	user_name VARCHAR(255) NOT NULL,
	name VARCHAR(255) NOT NULL,
	position BIGINT NOT NULL,
	updated_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
	PRIMARY KEY (user_name, name)
);
