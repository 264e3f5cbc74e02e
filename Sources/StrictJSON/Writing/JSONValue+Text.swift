extension JSONValue {
    /// The value as JSON (RFC 8259), without white space between its tokens.
    ///
    /// Equal values have the same text: an object's members are sorted by name. Only characters that must be escaped
    /// are (RFC 8259 §7).
    public var json: String { String(decoding: jsonBytes, as: UTF8.self) }

    /// The same text in UTF-8, as requests and answers carry it.
    public var jsonBytes: [UInt8] {
        var writer = JSONWriter(isIndented: false)
        writer.write(self)
        return writer.bytes
    }

    /// The value as JSON for people: each member and element on its own line, indented by two spaces.
    public var indentedJSON: String {
        var writer = JSONWriter(isIndented: true)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONObject {
    /// The object as JSON, as ``JSONValue/json`` writes it.
    public var json: String { JSONValue.object(self).json }

    /// The same text in UTF-8, as requests and answers carry it.
    public var jsonBytes: [UInt8] { JSONValue.object(self).jsonBytes }
}
