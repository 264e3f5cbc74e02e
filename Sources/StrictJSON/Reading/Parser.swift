/// Finds the values of one document, without recursion.
struct Parser {
    private let document: [UInt8]
    private let maximumDepth: Int
    private let allowsByteOrderMark: Bool
    private var scanner: Scanner
    private var items: [DocumentItem] = []
    private var containers: [OpenContainer] = []
    private var names = NameRegister()

    init(_ document: [UInt8], options: JSONReader) {
        self.document = document
        maximumDepth = options.limits.maximumDepth
        allowsByteOrderMark = options.allowsByteOrderMark
        scanner = Scanner(document, allowsRawControlCharacters: options.allowsRawControlCharactersInStrings)
        // The typical size of a user record. A document of any size may consist of a single value.
        items.reserveCapacity(min(document.count / 24 + 4, 64))
    }

    mutating func parseDocument() throws(JSONError) -> JSONDocument {
        let document = document
        let bytes = document.span
        try scanner.readByteOrderMark(bytes, isAllowed: allowsByteOrderMark)
        var isFinished = try beginValue(bytes)
        while true {
            if !isFinished {
                isFinished = try beginValue(bytes)
            } else if let container = containers.last {
                isFinished = try goOn(with: container, bytes)
            } else {
                try scanner.requireEnd(bytes)
                return JSONDocument(text: scanner.text, items: items)
            }
        }
    }

    /// Reads a scalar or an empty container and returns true; otherwise opens a container, whose first value is next,
    /// and returns false.
    private mutating func beginValue(_ bytes: Span<UInt8>) throws(JSONError) -> Bool {
        switch try scanner.nextToken(bytes) {
        case UInt8(ascii: "\""):
            items.append(DocumentItem(.string, try scanner.readString(bytes), at: items.count))
        case UInt8(ascii: "{"):
            return try open(.object, bytes)
        case UInt8(ascii: "["):
            return try open(.array, bytes)
        case UInt8(ascii: "t"):
            try scanner.readWord("true", bytes)
            items.append(DocumentItem(.true, at: items.count))
        case UInt8(ascii: "f"):
            try scanner.readWord("false", bytes)
            items.append(DocumentItem(.false, at: items.count))
        case UInt8(ascii: "n"):
            try scanner.readWord("null", bytes)
            items.append(DocumentItem(.null, at: items.count))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            items.append(DocumentItem(.number, try scanner.readNumber(bytes), at: items.count))
        default:
            throw JSONError(.unexpectedByte, at: scanner.offset)
        }
        return true
    }

    /// Continues after a value of the innermost container. Returns whether the container ends there; otherwise another
    /// value is next.
    private mutating func goOn(with container: OpenContainer, _ bytes: Span<UInt8>) throws(JSONError) -> Bool {
        let token = try scanner.nextToken(bytes)
        if token == container.closingBracket {
            close(container)
            return true
        }
        guard token == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: scanner.offset) }
        scanner.offset += 1
        if container.kind == .object { try beginMember(of: container, bytes) }
        return false
    }

    /// Reads a name and its colon; the member's value is next.
    private mutating func beginMember(of object: OpenContainer, _ bytes: Span<UInt8>) throws(JSONError) {
        try scanner.require(UInt8(ascii: "\""), bytes)
        let offset = scanner.offset
        var name = DocumentItem(.string, try scanner.readString(bytes), at: items.count)
        name.mark = scanner.text.mark(of: name)
        guard names.admits(name, in: object, among: items, of: scanner.text) else {
            throw JSONError(.duplicateName, at: offset)
        }
        try scanner.require(UInt8(ascii: ":"), bytes)
        scanner.offset += 1
        items.append(name)
        containers[containers.count - 1].count(name)
    }

    private mutating func open(_ kind: DocumentItem.Kind, _ bytes: Span<UInt8>) throws(JSONError) -> Bool {
        guard containers.count < maximumDepth else { throw JSONError(.nestingTooDeep, at: scanner.offset) }
        let container = OpenContainer(kind: kind, position: items.count)
        items.append(DocumentItem(kind, at: items.count))
        containers.append(container)
        scanner.offset += 1
        if try scanner.nextToken(bytes) == container.closingBracket {
            close(container)
            return true
        }
        if kind == .object { try beginMember(of: container, bytes) }
        return false
    }

    private mutating func close(_ container: OpenContainer) {
        scanner.offset += 1
        containers.removeLast()
        items[container.position].next = items.count
        items[container.position].names = container.names
    }
}

/// An array or object whose end has not been read yet.
struct OpenContainer {
    let kind: DocumentItem.Kind

    /// The position of its item.
    let position: Int

    /// The number of members so far and their names; empty for an array.
    private(set) var memberCount = 0
    private(set) var names = NameFilter()

    var closingBracket: UInt8 {
        kind == .array ? UInt8(ascii: "]") : UInt8(ascii: "}")
    }

    mutating func count(_ name: DocumentItem) {
        memberCount += 1
        names.insert(name.mark)
    }
}
