#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Stops whoever comes to a step, for ever: until the process is killed there.
struct StopSign: Sendable {
    let step: LoginStep?
    let report: @Sendable (ProbeLine) -> Void

    func pass(_ step: LoginStep) async {
        guard step == self.step else { return }
        report(.stopped(step))
        // An orphan of a test that died ends by itself.
        try? await Task.sleep(for: .seconds(600))
        exit(2)
    }
}
