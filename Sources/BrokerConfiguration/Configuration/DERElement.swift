/// An element of the Distinguished Encoding Rules (X.690 §8.1): its tag and its contents.
struct DERElement {
    let tag: UInt8
    let content: ArraySlice<UInt8>

    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let sequence: UInt8 = 0x30
    /// The first context-specific tag, which holds a certificate's version.
    static let version: UInt8 = 0xA0

    /// Removes an element from the front of some bytes. Returns nil if they do not begin with a complete one.
    init?(readingFrom bytes: inout ArraySlice<UInt8>) {
        var rest = bytes
        guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
        var length = Int(first)
        // X.690 §8.1.3: the length in one byte, or in as many as the first says.
        if first >= 0x80 {
            let size = Int(first & 0x7F)
            guard (1...3).contains(size), rest.count >= size else { return nil }
            length = rest.prefix(size).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(size)
        }
        guard rest.count >= length else { return nil }
        self.tag = tag
        content = rest.prefix(length)
        bytes = rest.dropFirst(length)
    }

    /// Its component elements; nil if it has none.
    var elements: [DERElement]? {
        var (rest, elements) = (content, [DERElement]())
        while !rest.isEmpty {
            guard let element = DERElement(readingFrom: &rest) else { return nil }
            elements.append(element)
        }
        return elements
    }
}
