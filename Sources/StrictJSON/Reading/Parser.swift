/// Builds the value of one document, without recursion.
///
/// What is open stands in `containers`; what was read for it stands on two stacks that all containers share. A container
/// that closes takes its part off a stack, so that its storage is allocated once and at its size.
struct Parser {
    private let maximumDepth: Int
    private var scanner: Scanner
    private var containers: [OpenContainer] = []
    private var elements: [JSONValue] = []
    private var members: [JSONObject.Member] = []
    private var names = NameRegister()

    init(options: JSONReader) {
        maximumDepth = options.limits.maximumDepth
        scanner = Scanner(allowsRawControlCharacters: options.allowsRawControlCharactersInStrings)
        // A user record has some twenty members: that spares it growing the stack step by step.
        members.reserveCapacity(24)
    }

    mutating func parseDocument(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue {
        try scanner.refuseByteOrderMark(bytes)
        while true {
            var finished = try beginValue(bytes)
            while let value = finished {
                guard let container = containers.last else {
                    try scanner.requireEnd(bytes)
                    return value
                }
                finished = try add(value, to: container, bytes)
            }
        }
    }

    /// Reads a scalar or an empty container; or opens a container and returns `nil`, with its first value next.
    private mutating func beginValue(_ bytes: Span<UInt8>) throws(JSONError) -> JSONValue? {
        switch try scanner.nextToken(bytes) {
        case UInt8(ascii: "\""):
            return .string(try scanner.readString(bytes))
        case UInt8(ascii: "{"):
            let object = try open(.object, start: members.count)
            if try scanner.nextToken(bytes) == object.closingBracket { return close(object) }
            try beginMember(of: object, bytes)
            return nil
        case UInt8(ascii: "["):
            let array = try open(.array, start: elements.count)
            if try scanner.nextToken(bytes) == array.closingBracket { return close(array) }
            return nil
        case UInt8(ascii: "t"):
            try scanner.readWord("true", bytes)
            return .bool(true)
        case UInt8(ascii: "f"):
            try scanner.readWord("false", bytes)
            return .bool(false)
        case UInt8(ascii: "n"):
            try scanner.readWord("null", bytes)
            return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try scanner.readNumber(bytes))
        default:
            throw JSONError(.unexpectedByte, at: scanner.offset)
        }
    }

    /// Adds a value to the innermost container; returns the container if it closes there, or `nil`, with another value next.
    private mutating func add(
        _ value: JSONValue, to container: OpenContainer, _ bytes: Span<UInt8>
    ) throws(JSONError) -> JSONValue? {
        switch container.kind {
        case .array: elements.append(value)
        case .object: members[members.count - 1].value = value
        }
        let token = try scanner.nextToken(bytes)
        if token == container.closingBracket { return close(container) }
        guard token == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: scanner.offset) }
        scanner.offset += 1
        if container.kind == .object { try beginMember(of: container, bytes) }
        return nil
    }

    /// Reads a name and its colon, and leaves a member on the stack that waits for its value.
    private mutating func beginMember(of object: OpenContainer, _ bytes: Span<UInt8>) throws(JSONError) {
        try scanner.require(UInt8(ascii: "\""), bytes)
        let offset = scanner.offset
        let name = try scanner.readString(bytes)
        guard names.admits(name, offset: object.offset, members: members[object.start...]) else {
            throw JSONError(.duplicateName, at: offset)
        }
        try scanner.require(UInt8(ascii: ":"), bytes)
        scanner.offset += 1
        members.append(JSONObject.Member(name: name, value: .null))
    }

    private mutating func open(_ kind: OpenContainer.Kind, start: Int) throws(JSONError) -> OpenContainer {
        guard containers.count < maximumDepth else { throw JSONError(.nestingTooDeep, at: scanner.offset) }
        let container = OpenContainer(kind: kind, offset: scanner.offset, start: start)
        containers.append(container)
        scanner.offset += 1
        return container
    }

    private mutating func close(_ container: OpenContainer) -> JSONValue {
        scanner.offset += 1
        containers.removeLast()
        switch container.kind {
        case .array:
            defer { elements.removeSubrange(container.start...) }
            return .array(Array(elements[container.start...]))
        case .object:
            defer { members.removeSubrange(container.start...) }
            return .object(JSONObject(uniqueMembers: Array(members[container.start...])))
        }
    }
}
