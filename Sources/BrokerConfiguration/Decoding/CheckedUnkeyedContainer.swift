/// The elements of a list.
struct CheckedUnkeyedContainer: UnkeyedDecodingContainer {
    let elements: [CheckedValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next { try $0.decode(type) }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try next { $0 }
    }

    /// Advances only after a success, as `UnkeyedDecodingContainer` requires.
    private mutating func next<Result>(_ decode: (CheckedDecoder) throws -> Result) throws -> Result {
        let path = codingPath + [SettingKey(intValue: currentIndex)]
        guard !isAtEnd else {
            let context = DecodingError.Context(codingPath: path, debugDescription: "The list ends here.")
            throw DecodingError.valueNotFound(Result.self, context)
        }
        let result = try decode(CheckedDecoder(value: elements[currentIndex], codingPath: path))
        currentIndex += 1
        return result
    }
}
