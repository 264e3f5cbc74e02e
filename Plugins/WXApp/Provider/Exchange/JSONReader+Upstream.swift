import StrictJSON

extension JSONReader {
    /// The reader for everything that GenAuth sends: the answer, and the JSON texts inside it.
    ///
    /// The limit is the default response size of a provider instance. Raw control characters are allowed because WeChat
    /// puts them into nicknames and city names.
    static let upstream = JSONReader(
        limits: Limits(maximumBytes: 256 * 1024, maximumDepth: 32),
        allowsRawControlCharactersInStrings: true
    )
}
