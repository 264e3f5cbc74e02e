extension Duration {
    /// Longer than anything takes that is not meant to take for ever, on a busy machine and under a sanitizer.
    static let patience = Duration.seconds(240)
}
