extension JSONObject {
    /// One name and its value.
    public struct Member: Sendable {
        /// The name, its escapes decoded.
        public let name: String

        /// The value.
        public let value: JSONValue
    }
}

extension JSONObject.Member: Hashable {
    /// Whether names and values are written with the same scalars and digits.
    public static func == (left: Self, right: Self) -> Bool {
        left.name.isIdentical(to: right.name) && left.value == right.value
    }

    /// Hashes name and value.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(value)
    }
}
