import Foundation
import Testing

/// JSON read back by Foundation, to examine what the sandbox wrote.
struct JSONObject {
    private let members: [String: Any]

    init(_ text: String) throws {
        members = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private init(members: [String: Any]) {
        self.members = members
    }

    var names: Set<String> { Set(members.keys) }

    func has<Value: Equatable>(_ name: String, _ value: Value) -> Bool {
        members[name] as? Value == value
    }

    func isNull(_ name: String) -> Bool {
        members[name] is NSNull
    }

    func text(_ name: String) throws -> String {
        try #require(members[name] as? String)
    }

    func object(_ name: String) throws -> JSONObject {
        JSONObject(members: try #require(members[name] as? [String: Any]))
    }

    /// The claims of a JWT, without checking its signature.
    init(claimsOf token: String) throws {
        let payload = try #require(token.split(separator: ".").dropFirst().first)
        let base64 = String(payload).replacing("-", with: "+").replacing("_", with: "/")
        let padded = base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4)
        try self.init(String(decoding: #require(Data(base64Encoded: padded)), as: UTF8.self))
    }
}
