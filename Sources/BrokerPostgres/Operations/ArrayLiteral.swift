/// An array in PostgreSQL's text form: `{"one",NULL,"three"}` (PostgreSQL, "Array Value Input").
struct ArrayLiteral {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]
    private var isEmpty = true

    init() {}

    init(_ elements: some Sequence<String?>) {
        for element in elements { append(element) }
    }

    /// Adds an element with any characters; nil for NULL.
    mutating func append(_ element: String?) {
        if !isEmpty { bytes.append(UInt8(ascii: ",")) }
        isEmpty = false
        guard let element else {
            bytes += "NULL".utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in element.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    var text: String { String(decoding: bytes + [UInt8(ascii: "}")], as: UTF8.self) }
}
