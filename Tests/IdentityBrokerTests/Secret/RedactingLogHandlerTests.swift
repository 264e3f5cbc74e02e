import BrokerTesting
import Logging
import Testing

@testable import IdentityBroker

@Suite("A logger that redacts")
struct RedactingLogHandlerTests {
    private let recording = LogRecording()

    private func makeLogger() -> Logger {
        recording.makeLogger().redacting { Redactor([Secret(Canary.secret), Secret(Canary.ticket)]) }
    }

    @Test("removes secrets from messages, at every level", arguments: Logger.Level.allCases)
    func messages(_ level: Logger.Level) {
        makeLogger().log(level: level, "sent \(Canary.ticket) for \(Canary.phoneNumber)")
        #expect(recording.entries.map(\.message) == ["sent <redacted> for +<redacted>"])
        #expect(recording.entries.map(\.level) == [level])
    }

    @Test("removes secrets from an event's metadata, however deep, and from its keys")
    func eventMetadata() {
        makeLogger().info(
            "event",
            metadata: [
                "text": "\(Canary.ticket)",
                "convertible": .stringConvertible(Talkative()),
                "array": [["inner": "\(Canary.secret)"], "\(Canary.phoneNumber)"],
                "\(Canary.ticket)": "key",
                "nested": ["\(Canary.secret)": "key"],
            ]
        )
        #expect(recording.entries.count == 1)
        #expect(Canary.found(in: recording.text).isEmpty)
        #expect(recording.entries.first?.metadata["text"] == "<redacted>")
    }

    @Test("removes secrets from the logger's own metadata")
    func loggerMetadata() {
        var logger = makeLogger()
        logger[metadataKey: "one"] = "\(Canary.secret)"
        logger[metadataKey: "\(Canary.ticket)"] = "two"
        logger.handler.metadata["three"] = "\(Canary.ticket)"
        logger.info("event")
        #expect(Canary.found(in: recording.text).isEmpty)
        #expect(recording.entries.first?.metadata["one"] == "<redacted>")
        #expect(recording.entries.first?.metadata["three"] == "<redacted>")
        #expect(logger[metadataKey: "\(Canary.ticket)"] == "two")
    }

    @Test("drops an error, whose description is untrusted")
    func errors() {
        makeLogger().error("event", error: Talkative())
        #expect(recording.entries.count == 1)
        #expect(Canary.found(in: recording.text).isEmpty)
    }

    @Test("puts a message on one line")
    func controls() {
        makeLogger().info("one\ntwo\u{1B}[2J")
        #expect(recording.entries.map(\.message) == [#"one\ntwo\u{1B}[2J"#])
    }

    @Test("keeps the level, the metadata and the metadata provider of the underlying logger")
    func passing() {
        var base = recording.makeLogger(level: .warning)
        base[metadataKey: "app"] = "example"
        base.handler.metadataProvider = Logger.MetadataProvider { ["request": "42"] }
        var logger = base.redacting { Redactor([]) }
        logger.info("dropped")
        logger.warning("kept")
        logger.logLevel = .info
        logger.info("kept too")
        #expect(recording.entries.map(\.message) == ["kept", "kept too"])
        #expect(recording.entries.allSatisfy { $0.metadata == ["app": "example", "request": "42"] })
    }

    private struct Talkative: Error, CustomStringConvertible {
        var description: String { "\(Canary.secret) \(Canary.ticket) \(Canary.phoneNumber)" }
    }
}
