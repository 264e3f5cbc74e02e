/// Strings as a C array: one buffer, and a pointer to each, with nil for an absent string and at the end.
struct CStringArray {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []

    /// Strings must not contain NUL.
    init(_ texts: [String?]) {
        for text in texts {
            guard let text else {
                offsets.append(nil)
                continue
            }
            offsets.append(bytes.count)
            bytes += text.utf8CString
        }
    }

    var count: Int { offsets.count }

    func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            let pointers = offsets.map { offset in offset.flatMap { bytes.baseAddress?.advanced(by: $0) } } + [nil]
            return pointers.withUnsafeBufferPointer { pointers in
                // Never empty: nil ends it.
                body(pointers.baseAddress.unsafelyUnwrapped)
            }
        }
    }
}
