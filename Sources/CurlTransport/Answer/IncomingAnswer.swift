/// An answer in its raw form, so that the loop's thread need not parse it.
struct IncomingAnswer: Sendable {
    /// The status code, unchecked.
    let status: Int
    /// Status line and fields of the final answer, as on the wire.
    let head: [UInt8]
    let body: [UInt8]
}
