/// One field line of an HTTP message (RFC 9110 §5).
public struct HeaderField: Sendable, Hashable {
    /// The field's name as on the wire; compare it case-insensitively.
    public var name: String

    /// The field's value, without surrounding white space.
    public var value: String

    /// Makes a field line. Nothing is checked: a script may need a malformed one.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
