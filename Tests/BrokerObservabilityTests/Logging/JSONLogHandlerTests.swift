import Foundation
import IdentityBroker
import Logging
import Testing

@testable import BrokerObservability

@Suite("A log line in JSON")
struct JSONLogHandlerTests {
    private let clock = BrokerClock(ContinuousClock()) { Date(timeIntervalSince1970: 1_767_323_045.625) }

    /// The line for one event.
    private func line(
        _ message: Logger.Message = "hello",
        level: Logger.Level = .info,
        error: (any Error)? = nil,
        metadata: Logger.Metadata? = nil,
        _ prepare: (inout JSONLogHandler) -> Void = { _ in }
    ) throws -> String {
        try LogPipe.text { output in
            var handler = JSONLogHandler(label: "broker", to: output, clock: clock)
            prepare(&handler)
            handler.log(
                event: LogEvent(
                    level: level, message: message, error: error, metadata: metadata, source: "Here", file: "",
                    function: "",
                    line: 1))
        }
    }

    /// The members of the JSON object in a line.
    private func members(_ line: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    private let start =
        #"{"ts":"2026-01-02T03:04:05.625Z","level":"info","logger":"broker","msg":"hello","source":"Here""#

    @Test("has the time, the level, the logger, the message and the source")
    func plain() throws {
        #expect(try line() == start + "}\n")
        #expect(try line(level: .critical).contains(#""level":"critical""#))
    }

    @Test("has metadata, with nested values under their paths, and numbers and Booleans as such")
    func metadata() throws {
        let line = try line(metadata: [
            "b": ["y": "2", "x": ["deep": "1"]], "a": "text", "c": ["first", ["k": "second"]],
            "n": .stringConvertible(200), "f": .stringConvertible(0.25), "t": .stringConvertible(true),
            "bad": .stringConvertible(Double.nan),
        ])
        let expected =
            #","a":"text","b.x.deep":"1","b.y":"2","bad":"nan","c.0":"first","c.1.k":"second","f":0.25,"n":200,"t":true}"#
        #expect(line == start + expected + "\n")
    }

    @Test("prefers the event's metadata to the provider's, and that to the handler's")
    func precedence() throws {
        let line = try line(metadata: ["a": "event"]) { handler in
            handler[metadataKey: "a"] = "handler"
            handler[metadataKey: "b"] = "handler"
            handler[metadataKey: "c"] = "handler"
            handler.metadataProvider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
        }
        #expect(line == start + #","a":"event","b":"provider","c":"handler"}"# + "\n")
    }

    @Test("takes its own members from no one else")
    func ownKeys() throws {
        let line = try line(metadata: ["level": "critical", "msg": ["x": "y"], "truncated": "no", "ts": "never"])
        let expected = #","metadata.level":"critical","msg.x":"y","metadata.truncated":"no","metadata.ts":"never"}"#
        #expect(try members(line).count == members(start + expected).count)
        #expect(try members(line)["level"] as? String == "info")
        #expect(try members(line)["metadata.level"] as? String == "critical")
        #expect(try members(line)["metadata.msg.x"] as? String == "y")
        #expect(try members(line)["metadata.truncated"] as? String == "no")
    }

    @Test("has an error's text and type")
    func failure() throws {
        let line = try line(error: CancellationError())
        #expect(
            line == start + #","error.message":"CancellationError()","error.type":"Swift.CancellationError"}"# + "\n")
    }

    @Test(
        "is one line, whatever is in it",
        arguments: [
            "\"\\/", "a\nb\r\nc\td", "\0\u{1}\u{1F}\u{7F}", "\u{1B}[31mred", "\u{80}\u{9B}31m\u{9F}",
            "\u{A0}ü漢😀e\u{301}",
            "\u{2028}\u{2029}", #"","level":"critical"#, "",
        ]
    )
    func hostile(text: String) throws {
        let line = try line("\(text)", metadata: ["k\(text)": "\(text)"])
        #expect(line.utf8.count { $0 == 0x0A } == 1)
        #expect(line.unicodeScalars.dropLast().allSatisfy { $0.properties.generalCategory != .control })
        #expect(try members(line)["msg"] as? String == text)
        #expect(try members(line)["k\(text)"] as? String == text)
        #expect(try members(line)["level"] as? String == "info")
    }

    @Test(
        "is bounded and says when something is missing",
        arguments: [
            String(repeating: "x", count: 100_000), String(repeating: "😀", count: 50_000),
            String(repeating: "\u{1}", count: 50_000),
        ]
    )
    func longMessage(text: String) throws {
        let line = try line("\(text)", metadata: ["k": ["x": "v"]])
        #expect(line.utf8.count <= JSONLine.maximumLength)
        let members = try members(line)
        #expect(members["truncated"] as? Bool == true)
        #expect(members["k.x"] as? String == "v")
        let message = try #require(members["msg"] as? String)
        #expect(text.hasPrefix(message) && message.utf8.count > 600)
    }

    @Test("is bounded with much metadata, wide or deep")
    func muchMetadata() throws {
        let wide = Logger.Metadata(uniqueKeysWithValues: (0..<10_000).map { ("key\($0)", "value") })
        let list: Logger.Metadata = ["list": .array(Array(repeating: "value", count: 10_000))]
        let deep: Logger.Metadata = ["deep": (0..<1_000).reduce("end") { value, _ in ["k": value] }]
        for metadata in [wide, list, deep, [String(repeating: "k", count: 10_000): "v"]] {
            let line = try line(metadata: metadata)
            #expect(line.utf8.count <= JSONLine.maximumLength)
            #expect(try members(line)["truncated"] as? Bool == true)
            #expect(try members(line)["msg"] as? String == "hello")
        }
    }

    @Test("is written for a logger's events that are not below its level")
    func logger() throws {
        let text = try LogPipe.text { output in
            let logger = Logger(label: "l") { JSONLogHandler(label: $0, to: output, level: .warning, clock: clock) }
            logger.info("no")
            logger.warning("yes")
        }
        #expect(text.utf8.count { $0 == 0x0A } == 1)
        #expect(try members(text)["msg"] as? String == "yes")
        #expect(try members(text)["source"] as? String == "BrokerObservabilityTests")
    }
}
