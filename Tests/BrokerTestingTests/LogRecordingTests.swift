import BrokerTesting
import Logging
import Testing

@Suite("A log recording")
struct LogRecordingTests {
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    @Test(
        "finds a text wherever it was logged",
        arguments: [
            { @Sendable logger, canary in logger.trace("before \(canary) after") },
            { logger, canary in logger.info("plain", metadata: ["key": "\(canary)"]) },
            { logger, canary in logger.info("plain", metadata: [canary: "value"]) },
            { logger, canary in logger.info("plain", metadata: ["key": ["nested": ["\(canary)"]]]) },
            { logger, canary in
                logger.info("plain", metadata: ["key": .stringConvertible(Failure(description: canary))])
            },
            { logger, canary in logger.error("plain", error: Failure(description: canary)) },
            { logger, canary in
                var logger = logger
                logger[metadataKey: "key"] = "\(canary)"
                logger.critical("plain")
            },
        ] as [@Sendable (Logger, String) -> Void]
    )
    func mentions(_ log: @Sendable (Logger, String) -> Void) {
        let recording = LogRecording()
        log(recording.makeLogger(), "canary-7f3a")
        #expect(recording.entries.count == 1)
        #expect(recording.mentions("canary-7f3a"))
        #expect(!recording.mentions("canary-0000"))
    }

    @Test("records nothing below a logger's level")
    func level() {
        let recording = LogRecording()
        recording.makeLogger(level: .warning).info("quiet")
        #expect(recording.entries.isEmpty)
    }

    @Test("asks the metadata provider at every entry, and lets the event's own metadata win")
    func provider() {
        let recording = LogRecording()
        let provider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
        let logger = Logger(label: "test") {
            RecordingLogHandler(label: $0, recording: recording, metadataProvider: provider)
        }
        logger.notice("hello", metadata: ["b": "event"])
        #expect(recording.entries.map(\.metadata) == [["a": "provider", "b": "event"]])
        #expect(recording.text == "notice test: hello a=provider b=event")
    }

    @Test("can be waited for")
    func waiting() async throws {
        let recording = LogRecording()
        let waiting = Task { try await recording.waitForEntry { $0.level == .error } }
        let logger = recording.makeLogger()
        logger.info("one")
        logger.error("two")
        #expect(try await waiting.value.message == "two")
    }
}
