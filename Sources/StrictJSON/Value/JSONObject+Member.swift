extension JSONObject {
    /// One name and its value.
    public struct Member: Sendable {
        /// The name, its escapes decoded.
        public let name: String

        /// The value.
        public let value: JSONValue
    }
}

extension JSONObject.Member: Equatable {
    /// Whether names and values were written with the same scalars and digits.
    public static func == (left: Self, right: Self) -> Bool {
        left.name.isIdentical(to: right.name) && left.value == right.value
    }
}
