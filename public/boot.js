// Starts the WebAssembly module that Trunk names on this script's own tag.
const { js, wasm } = document.querySelector('script[data-wasm]').dataset;
const { default: init } = await import(js);
await init({ module_or_path: wasm });
