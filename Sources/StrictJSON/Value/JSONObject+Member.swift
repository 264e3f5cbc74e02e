extension JSONObject {
    /// One name and its value.
    public struct Member: Sendable {
        /// The name, its escapes decoded.
        public let name: String

        /// The value.
        public internal(set) var value: JSONValue

        let mark: NameMark

        init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
            mark = NameMark(of: name)
        }
    }
}

extension JSONObject.Member: Equatable {
    /// Whether names and values were written with the same scalars and digits.
    public static func == (left: Self, right: Self) -> Bool {
        left.name.isIdentical(to: right.name) && left.value == right.value
    }
}
