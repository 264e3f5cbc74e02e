package import HTTPTypes
package import IdentityBroker

import Foundation

/// The id of one request, in logs, in its answer and in the logs of the proxy in front.
package struct RequestID: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Accepts 1 to 64 ASCII letters, digits, dots, underscores and hyphens, and nothing else.
    package init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        description = text
    }

    /// The id from a trusted proxy's `X-Request-ID`, or a new one.
    package static func of(
        _ fields: HTTPFields,
        cameThroughProxy: Bool,
        _ identifiers: IdentifierSource
    ) -> RequestID {
        let given = cameThroughProxy ? fields.values(of: "X-Request-ID") : []
        if given.count == 1, let id = RequestID(given[0]) { return id }
        return RequestID(new: identifiers)
    }

    private init(new identifiers: IdentifierSource) {
        description = identifiers.next().uuidString.lowercased()
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
