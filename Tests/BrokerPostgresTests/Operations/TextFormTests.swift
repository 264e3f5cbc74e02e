import BrokerTesting
import Foundation
import IdentityBroker
import Testing

@testable import BrokerPostgres

@Suite("Text sent to the server")
struct TextFormTests {
    @Test(
        "is an array that the server can parse",
        arguments: [
            ([], "{}"), ([nil], "{NULL}"), (["NULL", nil], #"{"NULL",NULL}"#),
            ([#"a"b\c"#, "{,}"], #"{"a\"b\\c","{,}"}"#),
            (["", " "], #"{""," "}"#),
        ] as [([String?], String)]
    )
    func array(elements: [String?], text: String) {
        #expect(ArrayLiteral(elements).text == text)
    }

    @Test(
        "encodes NUL, and restores it",
        arguments: [
            ("plain", "plain"), ("a\u{0}b", #"a\0b"#), (#"a\0b"#, #"a\\0b"#), (#"\"#, #"\\"#), ("\u{0}", #"\0"#),
            ("", ""),
        ]
    )
    func storable(text: String, stored: String) {
        #expect(StorableText.stored(text) == stored)
        #expect(StorableText.original(stored) == text)
    }

    @Test("is refused if the store cannot have written it", arguments: [#"\"#, #"a\b"#, #"\\\"#])
    func unstorable(text: String) {
        #expect(StorableText.original(text) == nil)
    }

    @Test(
        "counts times in microseconds, rounded, within 285 years",
        arguments: [
            (0, 0), (1.000_000_4, 1_000_000), (-86_400.5, -86_400_500_000), (1e300, 1 << 53), (-1e300, -(1 << 53)),
        ] as [(Double, Int64)]
    )
    func times(seconds: Double, microseconds: Int64) {
        #expect(Microseconds.since1970(Date(timeIntervalSince1970: seconds)) == microseconds)
    }

    @Test(
        "preserves each microsecond from 1970 to 9999, up to the last one kept",
        arguments: UInt64(0)..<4)
    func roundTrip(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let last: Int64 = 253_402_300_799_999_999
        let lastKept: Int64 = 1 << 53
        var values = (0..<20_000).map { _ in Int64.random(in: 0...last, using: &generator) }
        values += (0..<200_000).map { _ in Int64.random(in: 0...lastKept, using: &generator) }
        for edge in [500, lastKept, last - 500, 978_307_200_000_000] {
            values += Array(edge - 500...edge + 500)
        }
        var wrong: [Int64] = []
        for value in values {
            let again = Microseconds.since1970(Microseconds.date(since1970: value))
            if again != min(value, lastKept) { wrong.append(value) }
        }
        #expect(wrong.isEmpty, "\(wrong.count) of them, such as \(wrong.first ?? 0)")
    }

    @Test(
        "counts durations in microseconds as well",
        arguments: [
            (.zero, 0), (.nanoseconds(1_499), 1), (.seconds(3_600) + .microseconds(1), 3_600_000_001),
            (.seconds(Int64.max), 1 << 53), (.seconds(Int64.min), -(1 << 53)), (.seconds(-5), -5_000_000),
            (.nanoseconds(-1_500), -2), (.seconds(9_000_000_000) + .microseconds(1), 9_000_000_000_000_001),
        ] as [(Duration, Int64)]
    )
    func durations(duration: Duration, microseconds: Int64) {
        #expect(Microseconds.of(duration) == microseconds)
    }

    @Test("identifies a credential by its hexadecimal digest")
    func keys() {
        let key = OneTimeKey(digest: Array(0..<32))
        #expect(key.hexadecimal.hasPrefix("000102030405060708090a0b0c0d0e0f10"))
        #expect(OneTimeKey(hexadecimal: key.hexadecimal) == key)
        #expect(OneTimeKey(hexadecimal: "0") == nil)
        #expect(OneTimeKey(hexadecimal: "zz") == nil)
    }

    @Test("bounds an event at 1 MiB")
    func greatEvent() throws {
        #expect(throws: StoreFailure.self) { try StoredEvent(.example(String(repeating: "x", count: 120 * 1024))) }
        #expect(try StoredEvent(.example(String(repeating: "x", count: 100 * 1024))).size > 1_000 * 1024)
    }
}
