extension ConfigurationProblem: Encodable {
    private enum CodingKeys: String, CodingKey {
        case kind, file, line, column
        case keyPath = "key_path"
        case message
    }

    /// Encodes `kind`, `file`, `line`, `column`, `key_path` and `message`; line and column are null if there is no
    /// position.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind.rawValue, forKey: .kind)
        try container.encode(file, forKey: .file)
        try container.encode(position?.line, forKey: .line)
        try container.encode(position?.column, forKey: .column)
        try container.encode(keyPath, forKey: .keyPath)
        try container.encode(message, forKey: .message)
    }
}
