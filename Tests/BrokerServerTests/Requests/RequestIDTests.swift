import HTTPTypes
import IdentityBroker
import Testing

import Foundation

@testable import BrokerServer

@Suite("The id of a request")
struct RequestIDTests {
    private static let longest = String(repeating: "a", count: 64)

    private let identifiers = IdentifierSource { UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255)) }
    private let made = "00010203-0405-0607-0809-0a0b0c0d0eff"

    private func id(_ values: String..., cameThroughProxy: Bool = true) throws -> String {
        let name = try #require(HTTPField.Name("X-Request-ID"))
        let fields = HTTPFields(values.map { HTTPField(name: name, value: $0) })
        return RequestID.of(fields, cameThroughProxy: cameThroughProxy, identifiers).description
    }

    @Test("is the one that a trusted proxy gave", arguments: ["a", "Az09._-", longest])
    func given(text: String) throws {
        #expect(try id(text) == text)
    }

    @Test("is new if a client sent one")
    func untrusted() throws {
        #expect(try id("a", cameThroughProxy: false) == made)
    }

    @Test("is new if the given one is invalid", arguments: ["", "a b", "a\"b", "a/b", "ä", "a{}", longest + "a"])
    func garbage(text: String) throws {
        #expect(try id(text) == made)
    }

    @Test("is new if none was given, or more than one")
    func count() throws {
        #expect(try id() == made)
        #expect(try id("a", "b") == made)
    }
}
