/// Texts as C takes a list of them: one buffer, and a pointer to each, with nil for a text that is none and at the end.
struct CStringArray {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []

    /// Texts must not hold a NUL.
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
