/** The module, where a bundler or runtime hands it out compiled. */
declare const module: WebAssembly.Module;
export default module;
