extension String {
    /// The scalar at a position; at the start of a line after CR LF, the one after both.
    func scalar(at position: SourcePosition) -> Unicode.Scalar? {
        var counter = PositionCounter()
        var found: Unicode.Scalar?
        for scalar in unicodeScalars {
            if counter.position > position { break }
            if counter.position == position { found = scalar }
            counter.pass(scalar)
        }
        return found
    }
}
